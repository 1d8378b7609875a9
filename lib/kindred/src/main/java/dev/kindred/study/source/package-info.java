/** Where the input of a study comes from. */
package dev.kindred.study.source;
