/** Readers of the formats in which image data sets come: archives, records and picture files. */
package dev.kindred.stimuli.decode;
