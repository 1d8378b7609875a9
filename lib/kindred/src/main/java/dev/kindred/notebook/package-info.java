/**
 * What a notebook needs beside the library: display, progress bars, parameters, profiles and kernel
 * adapters.
 */
package dev.kindred.notebook;
