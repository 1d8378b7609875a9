/** A model's responses to stimuli as an n×p matrix, and the files that hold such matrices. */
package dev.kindred.representation;
