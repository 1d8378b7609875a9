package dev.kindred.kernel;

import io.github.spencerpark.jupyter.kernel.history.HistoryEntry;
import io.github.spencerpark.jupyter.kernel.history.HistoryManager;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The cells run in this session, as consoles ask for them. */
final class History implements HistoryManager {
  private final List<HistoryEntry> entries = new ArrayList<>();

  synchronized void add(int count, String code) {
    entries.add(new HistoryEntry(0, count, code));
  }

  @Override
  public synchronized List<HistoryEntry> lookupRange(
      int session, int start, int stop, Set<ResultFlag> flags) {
    if (session != 0) {
      return List.of();
    }
    return entries.stream()
        .filter(e -> e.getCellNumber() >= start && e.getCellNumber() < stop)
        .collect(Collectors.toList());
  }

  @Override
  public synchronized List<HistoryEntry> lookupTail(int length, Set<ResultFlag> flags) {
    return last(entries, length);
  }

  @Override
  public synchronized List<HistoryEntry> search(String glob, int length, Set<ResultFlag> flags) {
    String pattern = glob == null || glob.isEmpty() ? "*" : glob;
    StringBuilder regex = new StringBuilder();
    for (char c : pattern.toCharArray()) {
      regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
    }
    Pattern compiled = Pattern.compile(regex.toString(), Pattern.DOTALL);
    List<HistoryEntry> found =
        entries.stream()
            .filter(e -> compiled.matcher(e.getInput()).matches())
            .collect(Collectors.toList());
    if (flags.contains(ResultFlag.UNIQUE)) {
      Set<String> seen = new LinkedHashSet<>();
      found.removeIf(e -> !seen.add(e.getInput()));
    }
    return last(found, length);
  }

  private static List<HistoryEntry> last(List<HistoryEntry> all, int length) {
    int from = length <= 0 ? 0 : Math.max(0, all.size() - length);
    return List.copyOf(all.subList(from, all.size()));
  }
}
