/** The command line. */
package dev.kindred.cli;
