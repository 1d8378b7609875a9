/** The notebook kernel: Java cells in JupyterLab, compatible with IJava. */
package dev.kindred.kernel;
