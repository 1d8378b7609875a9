/**
 * Arrays of any number of dimensions in files of the formats that the field uses: found by content,
 * read in pieces in C order, never larger in memory than what the file really holds.
 */
package dev.kindred.base.array;
