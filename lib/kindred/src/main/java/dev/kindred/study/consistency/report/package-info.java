/** The figures and the computed sentences of the consistency study. */
package dev.kindred.study.consistency.report;
