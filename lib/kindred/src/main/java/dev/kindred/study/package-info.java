/**
 * One package per paper: pure analysis from representations, recordings or published matrices to
 * labelled tables and claims.
 */
package dev.kindred.study;
