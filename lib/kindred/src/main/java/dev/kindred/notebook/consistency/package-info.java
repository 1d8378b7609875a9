/**
 * The figures of the consistency study (Ciernik et al., ICML 2025), shared by its notebook and its
 * command.
 */
package dev.kindred.notebook.consistency;
