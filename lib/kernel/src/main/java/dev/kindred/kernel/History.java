package dev.kindred.kernel;

import io.github.spencerpark.jupyter.channels.ShellReplyEnvironment;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.MessageType;
import io.github.spencerpark.jupyter.messages.request.HistoryRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The cells run in this session, as consoles ask for them. */
final class History {
  private record Entry(int count, String code) {}

  private final List<Entry> entries = new ArrayList<>();

  synchronized void add(int count, String code) {
    entries.add(new Entry(count, code));
  }

  /** Answers {@code history_request}. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  synchronized void handle(ShellReplyEnvironment env, Message<HistoryRequest> message) {
    env.setStatusBusy();
    Reply reply = new Reply(find(message.getContent()));
    env.reply(new Message(message, MessageType.HISTORY_REPLY, reply));
    env.setStatusIdle();
  }

  private List<Entry> find(HistoryRequest request) {
    if (request instanceof HistoryRequest.Tail tail) {
      return last(entries, tail.getMaxReturnLength());
    }
    if (request instanceof HistoryRequest.Search search) {
      return last(
          matching(search.getPattern(), search.filterUnique()), search.getMaxReturnLength());
    }
    HistoryRequest.Range range = (HistoryRequest.Range) request;
    return range.getSessionIndex() != 0
        ? List.of()
        : entries.stream()
            .filter(e -> e.count() >= range.getStart() && e.count() < range.getStop())
            .collect(Collectors.toList());
  }

  private List<Entry> matching(String glob, boolean unique) {
    StringBuilder regex = new StringBuilder();
    for (char c : (glob == null || glob.isEmpty() ? "*" : glob).toCharArray()) {
      regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
    }
    Pattern pattern = Pattern.compile(regex.toString(), Pattern.DOTALL);
    Set<String> seen = new HashSet<>();
    return entries.stream()
        .filter(e -> pattern.matcher(e.code()).matches())
        .filter(e -> !unique || seen.add(e.code()))
        .collect(Collectors.toList());
  }

  private static List<Entry> last(List<Entry> all, int length) {
    int from = length <= 0 ? 0 : Math.max(0, all.size() - length);
    return List.copyOf(all.subList(from, all.size()));
  }

  /** The content of a reply: session, count and code of each; the base library's has names. */
  @SuppressWarnings("unused")
  private static final class Reply {
    private final String status = "ok";
    private final List<List<Object>> history;

    Reply(List<Entry> found) {
      history =
          found.stream()
              .map(e -> List.<Object>of(0, e.count(), e.code()))
              .collect(Collectors.toList());
    }
  }
}
