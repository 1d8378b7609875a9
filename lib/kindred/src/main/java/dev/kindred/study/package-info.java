/**
 * One package per paper: pure analysis from representations, recordings or published matrices to
 * labelled tables and claims. Here: what the studies share, claims and the rules that decide them.
 */
package dev.kindred.study;
