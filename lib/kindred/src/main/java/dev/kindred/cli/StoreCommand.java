package dev.kindred.cli;

import dev.kindred.base.Store;
import dev.kindred.base.StoreEntry;
import dev.kindred.base.StorePruning;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "store",
    description = "Lists and removes trained networks and results that notebooks have kept.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {StoreCommand.ListAll.class, StoreCommand.Size.class, StoreCommand.Prune.class})
final class StoreCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "store: list, size or prune? See kindred store --help");
  }

  private static String row(String state, StoreEntry entry) {
    return String.join(
        "\t",
        state,
        entry.kind(),
        String.valueOf(entry.bytes()),
        entry.lastUsed().toString(),
        entry.folder().toString());
  }

  private static String state(StoreEntry entry) {
    return entry.state().name().toLowerCase(Locale.ROOT);
  }

  @Command(
      name = "list",
      description = {
        "Lists all results, most recently used first, separated by tabs: state (complete,",
        "unfinished or unreadable), kind, bytes, time of last use, folder."
      },
      mixinStandardHelpOptions = true)
  static final class ListAll implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
      PrintWriter out = spec.commandLine().getOut();
      out.println("state\tkind\tbytes\tused\tfolder");
      Store.standard().list().forEach(entry -> out.println(row(state(entry), entry)));
    }
  }

  @Command(
      name = "size",
      description =
          "Prints number and bytes of the results by kind, and of all, separated by tabs.",
      mixinStandardHelpOptions = true)
  static final class Size implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
      Map<String, long[]> kinds = new TreeMap<>();
      long[] all = new long[2];
      for (StoreEntry entry : Store.standard().list()) {
        for (long[] sum : List.of(all, kinds.computeIfAbsent(entry.kind(), kind -> new long[2]))) {
          sum[0]++;
          sum[1] += entry.bytes();
        }
      }
      PrintWriter out = spec.commandLine().getOut();
      out.println("kind\tentries\tbytes");
      kinds.forEach((kind, sum) -> out.println(kind + "\t" + sum[0] + "\t" + sum[1]));
      out.println("total\t" + all[0] + "\t" + all[1]);
    }
  }

  @Command(
      name = "prune",
      description = {
        "Removes results by age, by total size or both, and prints them as 'store list' does, with",
        "'removed' for the state. What another process uses or computes stays: it is printed as",
        "'in use', and the status is 1."
      },
      mixinStandardHelpOptions = true)
  static final class Prune implements Callable<Integer> {
    private static final Pattern AGE = Pattern.compile("(\\d{1,9})([mhd])");
    private static final Pattern BYTES = Pattern.compile("(\\d{1,15})([kMGT]?)B?");

    @Spec private CommandSpec spec;

    @Option(
        names = "--older-than",
        paramLabel = "AGE",
        description = "Remove what was last used longer ago: 90m, 12h or 30d.")
    private String age;

    @Option(
        names = "--keep",
        paramLabel = "SIZE",
        description = "Remove the least recently used until SIZE is left: 500MB, 2GB, 0.")
    private String keep;

    @Option(names = "--dry-run", description = "Only print what would be removed.")
    private boolean dryRun;

    @Override
    public Integer call() {
      if (age == null && keep == null) {
        throw new ParameterException(
            spec.commandLine(), "store prune: give --older-than AGE, --keep SIZE or both");
      }
      StorePruning pruning =
          Store.standard()
              .prune(
                  age == null ? Instant.EPOCH : Instant.now().minus(age()),
                  keep == null ? Long.MAX_VALUE : bytes(),
                  dryRun);
      PrintWriter out = spec.commandLine().getOut();
      out.println("state\tkind\tbytes\tused\tfolder");
      pruning.removed().forEach(entry -> out.println(row("removed", entry)));
      pruning.inUse().forEach(entry -> out.println(row("in use", entry)));
      if (pruning.inUse().isEmpty()) {
        return 0;
      }
      spec.commandLine()
          .getErr()
          .println(
              "kindred: "
                  + pruning.inUse().size()
                  + " of them in use by another process; they stay until its notebooks are closed");
      return Main.FAILURE;
    }

    private Duration age() {
      Matcher matcher = matched(AGE, age, "--older-than", "a number and m, h or d, such as 30d");
      long number = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2)) {
        case "m" -> Duration.ofMinutes(number);
        case "h" -> Duration.ofHours(number);
        default -> Duration.ofDays(number);
      };
    }

    private long bytes() {
      Matcher matcher = matched(BYTES, keep, "--keep", "bytes, kB, MB, GB or TB, such as 2GB");
      double unit = Math.pow(1000, " kMGT".indexOf((matcher.group(2) + " ").charAt(0)));
      return (long) (Long.parseLong(matcher.group(1)) * unit);
    }

    private Matcher matched(Pattern pattern, String given, String option, String expected) {
      Matcher matcher = pattern.matcher(given);
      if (!matcher.matches()) {
        throw new ParameterException(
            spec.commandLine(), option + ": expected " + expected + ", found " + given);
      }
      return matcher;
    }
  }
}
