/**
 * The command line: one class for each command, listed in {@link dev.kindred.cli.Main}.
 *
 * <p>Results for machines go to standard output, messages for people to standard error. Status 0:
 * done; 1: a failure; 2: bad input, told in one line; 130: stopped on request.
 */
package dev.kindred.cli;
