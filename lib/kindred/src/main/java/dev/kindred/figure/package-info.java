/** Labelled tables and matrices as pictures; knows no study. */
package dev.kindred.figure;
