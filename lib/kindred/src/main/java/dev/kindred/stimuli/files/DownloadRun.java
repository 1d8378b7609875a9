package dev.kindred.stimuli.files;

import dev.kindred.base.CancelledException;
import dev.kindred.base.Progress;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One download from its first request to its last, with all attempts between. */
final class DownloadRun {
  private static final int REDIRECTS = 8;
  private static final int UNCONNECTED_ATTEMPTS = 2;
  private static final int PARTIAL_CONTENT = 206;
  private static final int RANGE_NOT_SATISFIABLE = 416;
  private static final Set<Integer> TRANSIENT = Set.of(408, 425, 429, 500, 502, 503, 504);
  private static final Set<Integer> MOVED = Set.of(301, 302, 303, 307, 308);
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes (?:([0-9]{1,18})-[0-9]{1,18}|\\*)/(?:([0-9]{1,18})|\\*)");

  private final HttpClient client;
  private final DownloadSettings settings;
  private final Download download;
  private final Progress progress;
  private final PartialFile part;
  private OptionalLong announced = OptionalLong.empty();
  private long farthest;
  private boolean resumed;
  private boolean answered;

  DownloadRun(HttpClient client, DownloadSettings settings, Download download, Progress progress) {
    this.client = client;
    this.settings = settings;
    this.download = download;
    this.progress = progress;
    this.part = new PartialFile(download);
  }

  /** A failure after which another attempt makes sense. */
  private static class Transient extends Exception {
    private static final long serialVersionUID = 1L;

    final Duration pause;

    Transient(String message, Duration pause) {
      super(message);
      this.pause = pause;
    }
  }

  /** Nothing has come back. */
  private static final class Silence extends Transient {
    private static final long serialVersionUID = 1L;

    /** Whether there was not even a connection. */
    final boolean unconnected;

    Silence(String message, boolean unconnected) {
      super(message, null);
      this.unconnected = unconnected;
    }
  }

  void run() throws IOException {
    requireSafe(download.from(), download.from());
    part.discardUnless(download.checksum().isPresent());
    try (Progress.Task task = progress.begin(download.label(), download.size().orElse(0))) {
      TransferNote note = new TransferNote(task, download.size());
      int failures = 0;
      boolean startedAfresh = false;
      while (true) {
        Progress.checkCancelled();
        long before = farthest;
        try {
          transfer(note);
          Optional<String> wrong = verify();
          if (wrong.isEmpty()) {
            // A part that downloads go on with after a stop, so no AtomicFile.
            Files.move(part.file(), download.to(), StandardCopyOption.ATOMIC_MOVE);
            part.discard();
            return;
          }
          part.discard();
          if (!resumed || startedAfresh) {
            throw new DownloadException(download.label() + ": " + wrong.get() + sizes());
          }
          // The part from an earlier run may have been of another version of the file.
          startedAfresh = true;
          resumed = false;
        } catch (Transient failure) {
          failures = farthest > before ? 1 : failures + 1;
          if (failures >= attempts(failure)) {
            String message =
                download.label()
                    + ": given up after "
                    + failures
                    + " attempts: "
                    + failure.getMessage()
                    + "; what has arrived is kept"
                    + sizes();
            throw failure instanceof Silence
                ? new UnreachableException(message)
                : new DownloadException(message);
          }
          pause(failure, failures, task);
        }
      }
    }
  }

  /** A host that was not there before is not waited for as long as one that was. */
  private int attempts(Transient failure) {
    boolean never = failure instanceof Silence silence && silence.unconnected && !answered;
    return never ? Math.min(UNCONNECTED_ATTEMPTS, settings.attempts()) : settings.attempts();
  }

  private void transfer(TransferNote note) throws IOException, Transient {
    long have = part.size();
    if (download.size().isPresent() && have > download.size().getAsLong()) {
      part.discard();
      have = 0;
    }
    if (isComplete(have)) {
      return;
    }
    if (have > 0) {
      resumed = true;
    }
    HttpResponse<ByteStream> response = send(have);
    try (ByteStream body = response.body()) {
      int status = response.statusCode();
      if (status == RANGE_NOT_SATISFIABLE && have > 0) {
        OptionalLong total = totalOf(response);
        if (total.isPresent() && total.getAsLong() == have && download.size().isEmpty()) {
          return;
        }
        part.discard();
        throw new Transient("the server has no bytes after " + have, Duration.ZERO);
      }
      if (TRANSIENT.contains(status)) {
        throw new Transient("the server answers " + status, retryAfter(response));
      }
      if (status == PARTIAL_CONTENT) {
        requireContinuation(response, have);
      } else if (status == 200) {
        have = 0;
      } else {
        throw new DownloadException(
            download.label() + ": " + download.from() + " answers " + status);
      }
      announced = served(response, have);
      OptionalLong total = total(response, have);
      requireRoom(total, have);
      receive(body, have, total, response, note);
    }
  }

  private boolean isComplete(long have) {
    return have > 0 && download.size().isPresent() && have == download.size().getAsLong();
  }

  private HttpResponse<ByteStream> send(long have) throws Transient {
    URI address = download.from();
    for (int hop = 0; hop <= REDIRECTS; hop++) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(address)
              .timeout(settings.connect())
              .header("User-Agent", "kindred")
              .header("Accept-Encoding", "identity");
      if (have > 0) {
        request.header("Range", "bytes=" + have + "-");
        part.validator().ifPresent(validator -> request.header("If-Range", validator));
      }
      HttpResponse<ByteStream> response = exchange(request.build());
      if (!MOVED.contains(response.statusCode())) {
        return response;
      }
      response.body().close();
      String location = response.headers().firstValue("Location").orElse("");
      URI target;
      try {
        target = address.resolve(location);
      } catch (IllegalArgumentException e) {
        throw new DownloadException(
            download.label() + ": " + address + " redirects to \"" + location + "\"", e);
      }
      requireSafe(target, address);
      address = target;
    }
    throw new DownloadException(
        download.label() + ": " + download.from() + " redirects more than " + REDIRECTS + " times");
  }

  private HttpResponse<ByteStream> exchange(HttpRequest request) throws Transient {
    try {
      HttpResponse<ByteStream> response =
          client.send(request, info -> new ByteStream.Subscriber(settings.stall()));
      answered = true;
      return response;
    } catch (IOException e) {
      throw new Silence(
          "no answer from " + request.uri().getHost() + " (" + reason(e) + ")",
          e instanceof ConnectException || e instanceof HttpConnectTimeoutException);
    } catch (InterruptedException e) {
      throw cancelled();
    }
  }

  private static String reason(IOException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
        return "no address is known for this name: is there a network?";
      }
    }
    return e.getMessage() == null
        ? e instanceof ConnectException ? "no connection" : "the connection broke"
        : e.getMessage();
  }

  /** https, or http to this machine, which tests and mirrors on a tunnel use. */
  private void requireSafe(URI target, URI from) {
    String scheme = target.getScheme() == null ? "" : target.getScheme();
    String host = target.getHost() == null ? "" : target.getHost();
    boolean local = host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
    if (scheme.equalsIgnoreCase("https")
        || (scheme.equalsIgnoreCase("http") && local && "http".equals(from.getScheme()))) {
      return;
    }
    throw new DownloadException(
        download.label()
            + ": refuses "
            + target
            + (target.equals(from) ? "" : ", where " + from + " redirects to")
            + ": only https is safe");
  }

  private void requireContinuation(HttpResponse<ByteStream> response, long have)
      throws IOException, Transient {
    Matcher range =
        CONTENT_RANGE.matcher(response.headers().firstValue("Content-Range").orElse(""));
    boolean continues =
        range.matches() && range.group(1) != null && Long.parseLong(range.group(1)) == have;
    Optional<String> now = PartialFile.validator(response.headers());
    if (!continues
        || (part.validator().isPresent() && now.isPresent() && !now.equals(part.validator()))) {
      part.discard();
      throw new Transient("the server continues with another part or file", Duration.ZERO);
    }
  }

  private static OptionalLong totalOf(HttpResponse<?> response) {
    Matcher range =
        CONTENT_RANGE.matcher(response.headers().firstValue("Content-Range").orElse(""));
    return range.matches() && range.group(2) != null
        ? OptionalLong.of(Long.parseLong(range.group(2)))
        : OptionalLong.empty();
  }

  /** Where a download fails and the manifest and the server name different sizes, says so. */
  private String sizes() {
    return download.size().isPresent()
            && announced.isPresent()
            && !announced.equals(download.size())
        ? "; the manifest's contentSize is "
            + download.size().getAsLong()
            + " bytes, the server's file has "
            + announced.getAsLong()
        : "";
  }

  /** All bytes of the file: as the manifest says, else as the server says. */
  private OptionalLong total(HttpResponse<?> response, long have) {
    return download.size().isPresent() ? download.size() : served(response, have);
  }

  /** All bytes of the file as the server says. */
  private static OptionalLong served(HttpResponse<?> response, long have) {
    OptionalLong length = response.headers().firstValueAsLong("Content-Length");
    return length.isPresent() ? OptionalLong.of(have + length.getAsLong()) : totalOf(response);
  }

  private void requireRoom(OptionalLong total, long have) throws IOException {
    long room = Files.getFileStore(part.file().toAbsolutePath().getParent()).getUsableSpace();
    if (total.isPresent() && total.getAsLong() - have > room) {
      throw new DownloadException(
          download.label()
              + ": needs "
              + TransferNote.bytes(total.getAsLong() - have)
              + ", but "
              + download.to().getParent()
              + " has room for "
              + TransferNote.bytes(room));
    }
  }

  private void receive(
      ByteStream body, long from, OptionalLong total, HttpResponse<?> response, TransferNote note)
      throws IOException, Transient {
    part.describe(PartialFile.validator(response.headers()));
    long limit = total.orElse(Long.MAX_VALUE);
    long have = from;
    try (RandomAccessFile out = new RandomAccessFile(part.file().toFile(), "rw")) {
      out.setLength(from);
      out.seek(from);
      note.start(from);
      while (have < limit) {
        List<ByteBuffer> arrived;
        try {
          arrived = body.next();
        } catch (InterruptedException e) {
          throw cancelled();
        } catch (IOException e) {
          throw new Transient(
              "the connection broke after "
                  + TransferNote.bytes(have)
                  + " ("
                  + e.getMessage()
                  + ")",
              null);
        }
        if (arrived == null) {
          break;
        }
        for (ByteBuffer bytes : arrived) {
          int count = (int) Math.min(bytes.remaining(), limit - have);
          byte[] copy = new byte[count];
          bytes.get(copy);
          out.write(copy);
          have += count;
        }
        if (have > farthest) {
          note.advance(have);
          farthest = have;
        }
      }
      out.getFD().sync();
    }
    if (total.isPresent() && have < total.getAsLong()) {
      throw new Transient("the server sent " + have + " bytes of " + total.getAsLong(), null);
    }
  }

  /** What is wrong with the complete part, or nothing. */
  private Optional<String> verify() throws IOException {
    long size = part.size();
    if (download.size().isPresent() && size != download.size().getAsLong()) {
      return Optional.of(
          "expected " + download.size().getAsLong() + " bytes, the server sent " + size);
    }
    if (download.checksum().isPresent()) {
      Checksum expected = download.checksum().get();
      Checksum found = Checksum.of(part.file(), expected.algorithm());
      if (!found.equals(expected)) {
        return Optional.of(
            "expected " + expected + ", the server sent " + found.hex() + "; nothing was kept");
      }
    }
    return Optional.empty();
  }

  private Duration retryAfter(HttpResponse<?> response) {
    String header = response.headers().firstValue("Retry-After").orElse("");
    return header.matches("[0-9]{1,6}") ? Duration.ofSeconds(Long.parseLong(header)) : null;
  }

  private void pause(Transient failure, int failures, Progress.Task task) {
    Duration pause = failure.pause;
    if (pause == null) {
      double jitter = 0.75 + 0.5 * ThreadLocalRandom.current().nextDouble();
      double doubled = settings.firstPause().toMillis() * Math.pow(2, failures - 1) * jitter;
      pause = Duration.ofMillis((long) Math.min(doubled, settings.longestPause().toMillis()));
    }
    if (pause.compareTo(settings.longestPause()) > 0) {
      pause = settings.longestPause();
    }
    task.note(failure.getMessage() + "; trying again");
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      throw cancelled();
    }
  }

  private CancelledException cancelled() {
    Thread.currentThread().interrupt();
    return new CancelledException(
        download.label() + ": download stopped on request; what has arrived is kept");
  }
}
