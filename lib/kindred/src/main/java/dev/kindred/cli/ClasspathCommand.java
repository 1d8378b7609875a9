package dev.kindred.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "classpath",
    description = "Prints the library's class path, for other kernels and programs.",
    mixinStandardHelpOptions = true)
final class ClasspathCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().getOut().println(System.getProperty("java.class.path"));
  }
}
