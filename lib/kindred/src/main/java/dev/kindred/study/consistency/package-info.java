/**
 * Consistency of representational similarities across data sets (Ciernik et al., ICML 2025): given
 * the similarities of the same models on several data sets, how far do the similarities on one data
 * set follow from those on another, and for which sets of models?
 */
package dev.kindred.study.consistency;
