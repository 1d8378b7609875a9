/** Figures of the grounding study, and sentences computed from what they show. */
package dev.kindred.study.grounding.report;
