package dev.kindred.cli;

import dev.kindred.base.InputException;
import dev.kindred.base.LabelledMatrix;
import dev.kindred.measure.AllPairs;
import dev.kindred.measure.Measure;
import dev.kindred.measure.Measures;
import dev.kindred.representation.Representation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "matrix",
    description = {
      "Compares all representations with each other and writes a table of comma-separated values",
      "with a header row and a first column of names."
    },
    mixinStandardHelpOptions = true)
final class MatrixCommand implements Callable<Integer> {
  private static final String STANDARD_OUTPUT = "-";

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE|DIR",
      description = "Files of responses to the same stimuli, or folders of them.")
  private List<Path> paths;

  @Option(
      names = "--measure",
      required = true,
      paramLabel = "SPEC",
      description = "name or name[key=value,…]; see kindred measures.")
  private String measure;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "M.csv",
      description = "File to write; - for standard output.")
  private String out;

  @Option(
      names = "--memory",
      paramLabel = "MIB",
      description = "Memory to use beside the representations; default a quarter of the machine's.")
  private Long memory;

  @Option(
      names = "--checkpoints",
      paramLabel = "DIR",
      description = "Keeps finished parts there, so that a run that was stopped goes on.")
  private Path checkpoints;

  @Mixin private ReadingOptions reading;

  @Override
  public Integer call() throws IOException {
    Measure chosen = Measures.parse(measure);
    List<Path> files = reading.expand(paths);
    List<Representation> representations = new ArrayList<>();
    for (Path file : files) {
      representations.add(reading.read(file));
    }
    AllPairs pairs = new AllPairs(chosen);
    if (memory != null) {
      if (memory < 1) {
        throw new InputException("--memory=" + memory + ": expected at least 1 MiB");
      }
      pairs.budget(memory << 20);
    }
    if (checkpoints != null) {
      pairs.checkpoints(checkpoints);
    }
    write(csv(pairs.matrix(representations), names(files)));
    return 0;
  }

  /** Names of the files without folder and ending, or whole paths where those are not unique. */
  static List<String> names(List<Path> files) {
    List<String> stems =
        files.stream()
            .map(f -> f.getFileName().toString().replaceFirst("(?<=.)\\.[^.]*$", ""))
            .toList();
    return stems.stream().distinct().count() == stems.size()
        ? stems
        : files.stream().map(Path::toString).toList();
  }

  static String csv(LabelledMatrix matrix, List<String> names) {
    StringBuilder csv = new StringBuilder(quoted(matrix.title()));
    names.forEach(name -> csv.append(',').append(quoted(name)));
    csv.append('\n');
    IntStream.range(0, names.size())
        .forEach(
            i -> {
              csv.append(quoted(names.get(i)));
              for (int j = 0; j < names.size(); j++) {
                csv.append(',').append(Numbers.text(matrix.get(i, j)));
              }
              csv.append('\n');
            });
    return csv.toString();
  }

  /** As RFC 4180 quotes. */
  private static String quoted(String text) {
    return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  private void write(String csv) throws IOException {
    if (out.equals(STANDARD_OUTPUT)) {
      spec.commandLine().getOut().print(csv);
      return;
    }
    Path file = Path.of(out);
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path beside = Files.createTempFile(folder, "." + file.getFileName(), ".part");
    try {
      Files.writeString(beside, csv, StandardCharsets.UTF_8);
      Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(beside);
    }
  }
}
