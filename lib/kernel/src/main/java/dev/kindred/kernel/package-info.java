/**
 * The notebook kernel: Java cells in JupyterLab, compatible with IJava.
 *
 * <p><b>Start.</b> {@code java -Djava.awt.headless=true
 * --add-opens=jdk.jshell/jdk.jshell=ALL-UNNAMED [-XX:…] -cp KERNEL:LIBRARY:…
 * dev.kindred.kernel.Main {connection_file}}, with {@code --enable-native-access=ALL-UNNAMED} on
 * JDK 22 and later; kernelspec {@code "language": "java", "interrupt_mode": "message"}. Cells see
 * the whole class path. Environment variables of IJava that hold here: {@code IJAVA_CLASSPATH},
 * {@code IJAVA_STARTUP_SCRIPTS_PATH}, {@code IJAVA_STARTUP_SCRIPT}, {@code IJAVA_COMPILER_OPTS}.
 *
 * <p><b>Interrupts.</b> Code of cells and what waits stops at once. A library call that uses a
 * processor and does not look whether its thread is interrupted is forced after a moment; this
 * works up to JDK 19 and from JDK 22. On 20 and 21, and inside native code, the cell is answered
 * all the same and the call goes on until it returns.
 *
 * <p><b>For libraries.</b> A library that has no dependency on the kernel finds it by reflection,
 * as it would find IJava: {@code io.github.spencerpark.ijava.IJava.getKernelInstance()} (also
 * {@code dev.kindred.kernel.JavaKernel.instance()}) returns the kernel or null. It has {@code
 * getRenderer().createRegistration(Class).preferring/supporting(MIMEType or
 * String…).register((value, context) -> …)}, {@code display(DisplayData)}, {@code
 * getIO().display.updateDisplay(DisplayData)}; {@code DisplayData} and {@code MIMEType} are those
 * of {@code io.github.spencerpark.jupyter.kernel.display}. At its start the kernel calls {@code
 * dev.kindred.notebook.Kernels.install()} (public, static, no parameters) if that class is on the
 * class path; the first cell waits until it has returned.
 *
 * <p><b>For cells.</b> {@code display(value)}, {@code display(value, mimeTypes…)} (both return an
 * id), {@code updateDisplay(id, value)}, {@code render(value)}, and the magics that {@code
 * %lsmagic} lists.
 */
package dev.kindred.kernel;
