package dev.kindred.cli;

import dev.kindred.base.CancelledException;
import dev.kindred.base.InputException;
import dev.kindred.base.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/**
 * {@code kindred}: compares representations from scripts and on clusters.
 *
 * <p>A command is a class; its heavy libraries load when it runs, not when another one does.
 */
@Command(
    name = "kindred",
    description = "Compare the representations that neural networks learn.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class)
public final class Main implements Runnable {
  /** Status of a command that was given bad input. */
  static final int BAD_INPUT = 2;

  static final int FAILURE = 1;

  private static final String JAVA_OPTIONS = "JDK_JAVA_OPTIONS";

  private static final int STOPPED = 130;

  /** By name, in the order of the help. */
  private static final Map<String, Class<?>> COMMANDS = commands();

  private static Map<String, Class<?>> commands() {
    Map<String, Class<?>> commands = new LinkedHashMap<>();
    commands.put("measures", MeasuresCommand.class);
    commands.put("compare", CompareCommand.class);
    commands.put("matrix", MatrixCommand.class);
    commands.put("layers", LayersCommand.class);
    commands.put("show", ShowCommand.class);
    commands.put("data", DataCommand.class);
    commands.put("zoo", ZooCommand.class);
    commands.put("recording", RecordingCommand.class);
    commands.put("epochs", EpochsCommand.class);
    commands.put("store", StoreCommand.class);
    commands.put("consistency", ConsistencyCommand.class);
    commands.put("grounding", GroundingCommand.class);
    commands.put("behaviour", BehaviourCommand.class);
    commands.put("study", StudyCommand.class);
    commands.put("classpath", ClasspathCommand.class);
    return commands;
  }

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  /** The version of the library's jar. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"kindred " + (version == null ? "(not packaged)" : version)};
    }
  }

  /** Runs a command and ends the process with its status. */
  public static void main(String[] arguments) {
    OrderlyEnd end = OrderlyEnd.install();
    PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    if (System.console() != null) {
      Progress.setStandard(new TerminalProgress(err));
    }
    int status = run(arguments, out, err);
    out.flush();
    end.reached();
    System.exit(status);
  }

  /** Runs a command with other outputs and returns its status. */
  static int run(String[] arguments, PrintWriter out, PrintWriter err) {
    CommandLine commands = new CommandLine(new Main());
    // To read what a command declares takes its time, so only the one that is meant is read.
    String first = arguments.length == 0 ? "" : arguments[0];
    COMMANDS.forEach(
        (name, command) -> {
          if (name.equals(first) || !COMMANDS.containsKey(first)) {
            commands.addSubcommand(name, command);
          }
        });
    // A name that begins with @ is a name: the contents of a file are no arguments, nor for
    // messages.
    commands.setExpandAtFiles(false);
    commands.setOut(out);
    commands.setErr(err);
    commands.setUsageHelpAutoWidth(System.console() != null);
    commands.setParameterExceptionHandler((e, given) -> tell(err, e));
    commands.setExecutionExceptionHandler((e, command, parsed) -> tell(err, e));
    try {
      return commands.execute(arguments);
    } catch (Error e) {
      return tell(err, e);
    }
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command? See kindred --help");
  }

  private static int tell(PrintWriter err, ParameterException e) {
    return tell(err, e.getMessage(), BAD_INPUT);
  }

  private static int tell(PrintWriter err, Exception e) {
    if (OrderlyEnd.isAsked()) {
      return tell(err, "stopped on request", STOPPED);
    }
    if (e instanceof ParameterException || e instanceof InputException) {
      return tell(err, e.getMessage(), BAD_INPUT);
    }
    if (e instanceof CancelledException) {
      return tell(err, e.getMessage(), STOPPED);
    }
    if (e instanceof InvalidPathException path) {
      return tell(err, path.getMessage(), BAD_INPUT);
    }
    for (Throwable deeper = e.getCause(); deeper != null; deeper = deeper.getCause()) {
      if (deeper instanceof OutOfMemoryError || deeper instanceof InternalError) {
        return tell(err, (Error) deeper);
      }
    }
    Throwable cause = e instanceof UncheckedIOException ? e.getCause() : e;
    // What could not be read or written, where the one who threw has said it.
    String what =
        cause == e || e.getMessage().equals(cause.toString()) ? "" : e.getMessage() + ": ";
    if (cause instanceof NoSuchFileException missing) {
      return tell(err, missing.getFile() + ": there is no such file", BAD_INPUT);
    }
    if (cause instanceof AccessDeniedException denied) {
      return tell(err, denied.getFile() + ": this user has no permission", FAILURE);
    }
    // Such as a full disk.
    if (cause instanceof IOException failed && failed.getMessage() != null) {
      return tell(err, what + failed.getMessage(), FAILURE);
    }
    e.printStackTrace(err);
    return FAILURE;
  }

  /** An error that a command ended with: a line where it is known, else where it happened. */
  static int tell(PrintWriter err, Error e) {
    if (e instanceof OutOfMemoryError memory) {
      return tell(err, memory);
    }
    // How Java says that a mapped file has lost its end.
    if (e instanceof InternalError && String.valueOf(e.getMessage()).contains("unsafe memory")) {
      return tell(err, "a file was cut short while it was read; read it again", BAD_INPUT);
    }
    e.printStackTrace(err);
    return FAILURE;
  }

  private static int tell(PrintWriter err, OutOfMemoryError e) {
    String given = System.getenv(JAVA_OPTIONS);
    return tell(
        err,
        "out of memory ("
            + e.getMessage()
            + "): ask for less at a time, or give Java more with "
            + JAVA_OPTIONS
            + "=-Xmx8g"
            + (given == null ? "" : ", which is " + given + " now"),
        FAILURE);
  }

  private static int tell(PrintWriter err, String message, int status) {
    err.println("kindred: " + message.strip().replaceAll("\\s*\\R\\s*", " "));
    return status;
  }
}
