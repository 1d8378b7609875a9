/** Figures and sentences about training dynamics. */
package dev.kindred.study.dynamics.report;
