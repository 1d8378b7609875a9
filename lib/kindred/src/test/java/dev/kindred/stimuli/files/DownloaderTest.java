package dev.kindred.stimuli.files;

import static dev.kindred.stimuli.files.ScriptedServer.cutAfter;
import static dev.kindred.stimuli.files.ScriptedServer.file;
import static dev.kindred.stimuli.files.ScriptedServer.head;
import static dev.kindred.stimuli.files.ScriptedServer.stallAfter;
import static dev.kindred.stimuli.files.ScriptedServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.base.CancelledException;
import dev.kindred.base.Checksums;
import dev.kindred.base.Progress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DownloaderTest {
  private static final byte[] CONTENT = content(1);
  private static final String TAG = "\"v1\"";
  private static final DownloadSettings IMPATIENT =
      new DownloadSettings(
          Duration.ofSeconds(5),
          Duration.ofMillis(300),
          4,
          Duration.ofMillis(5),
          Duration.ofMillis(40),
          2);

  @TempDir Path folder;
  private ScriptedServer server;
  private final Downloader downloader = new Downloader(IMPATIENT);

  private static byte[] content(long seed) {
    byte[] bytes = new byte[300_000];
    new SplittableRandom(seed).nextBytes(bytes);
    return bytes;
  }

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedServer(CONTENT, TAG);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private Path target() {
    return folder.resolve("set").resolve("file.bin");
  }

  private Download download(OptionalLong size, boolean checked) {
    return new Download(
        "set/file.bin",
        server.address(),
        target(),
        size,
        checked
            ? Optional.of(new Checksum(Checksum.Algorithm.SHA256, Checksums.sha256(CONTENT)))
            : Optional.empty());
  }

  private Download full() {
    return download(OptionalLong.of(CONTENT.length), true);
  }

  private void assertWhole() throws IOException {
    assertThat(target()).hasBinaryContent(CONTENT);
    try (Stream<Path> files = Files.list(target().getParent())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("file.bin", "file.bin.lock");
    }
  }

  private void assertFails(Download download, String message) {
    assertThatThrownBy(() -> downloader.fetch(download, Progress.NONE))
        .isInstanceOf(DownloadException.class)
        .hasMessageStartingWith("set/file.bin: ")
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
    assertThat(target()).doesNotExist();
  }

  @Test
  void fetchesAFile() throws IOException {
    downloader.fetch(full(), Progress.NONE);
    assertWhole();
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void whatIsThereIsNotFetchedAgain() throws IOException {
    downloader.fetch(full(), Progress.NONE);
    downloader.fetch(full(), Progress.NONE);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void aCutConnectionIsContinuedWhereItStopped() throws IOException {
    server.then(cutAfter(CONTENT, TAG, 100_000), cutAfter(CONTENT, TAG, 100_000));
    downloader.fetch(full(), Progress.NONE);
    assertWhole();
    assertThat(server.requests()).extracting(ScriptedServer.Request::from).startsWith(0);
    assertThat(server.requests().get(1).from()).isBetween(1, 100_000);
    assertThat(server.requests().get(1).headers()).containsEntry("if-range", TAG);
  }

  @Test
  void aServerThatFallsSilentIsLeft() throws IOException {
    server.then(stallAfter(CONTENT, TAG, 150_000));
    downloader.fetch(full(), Progress.NONE);
    assertWhole();
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void aServerThatNeverAnswersIsGivenUp() {
    ScriptedServer.Answer silence = (request, out) -> Thread.sleep(60_000);
    server.then(silence, silence, silence, silence);
    Downloader hasty =
        new Downloader(
            new DownloadSettings(
                Duration.ofMillis(200),
                Duration.ofMillis(200),
                3,
                Duration.ofMillis(5),
                Duration.ofMillis(20),
                1));
    assertThatThrownBy(() -> hasty.fetch(full(), Progress.NONE))
        .isInstanceOf(DownloadException.class)
        .hasMessageContaining("given up after 3 attempts: no answer from 127.0.0.1");
  }

  @Test
  void theBytesOfAKilledRunAreContinued() throws IOException {
    Files.createDirectories(target().getParent());
    Files.write(folder.resolve("set/file.bin.part"), Arrays.copyOf(CONTENT, 123_456));
    Files.writeString(
        folder.resolve("set/file.bin.part.txt"), server.address() + "\n" + TAG + "\n");
    downloader.fetch(full(), Progress.NONE);
    assertWhole();
    assertThat(server.requests().get(0).from()).isEqualTo(123_456);
    // On a busy machine a connection may stall and be continued: never from further back.
    assertThat(server.requests()).allMatch(request -> request.from() >= 123_456);
  }

  @Test
  void aPartOfAnotherVersionIsNotMixedIn() throws IOException {
    Files.createDirectories(target().getParent());
    Files.write(folder.resolve("set/file.bin.part"), Arrays.copyOf(content(2), 100_000));
    Files.writeString(folder.resolve("set/file.bin.part.txt"), server.address() + "\n\"v0\"\n");
    downloader.fetch(full(), Progress.NONE);
    assertWhole();
  }

  @Test
  void aWrongPartWithTheRightValidatorIsFetchedAfresh() throws IOException {
    Files.createDirectories(target().getParent());
    Files.write(folder.resolve("set/file.bin.part"), Arrays.copyOf(content(2), 100_000));
    Files.writeString(
        folder.resolve("set/file.bin.part.txt"), server.address() + "\n" + TAG + "\n");
    downloader.fetch(full(), Progress.NONE);
    assertWhole();
    assertThat(server.requests())
        .extracting(ScriptedServer.Request::from)
        .containsExactly(100_000, 0);
  }

  @Test
  void aPartOfAnotherAddressIsDropped() throws IOException {
    Files.createDirectories(target().getParent());
    Files.write(folder.resolve("set/file.bin.part"), Arrays.copyOf(CONTENT, 100_000));
    Files.writeString(
        folder.resolve("set/file.bin.part.txt"), "https://example.org/file.bin\n" + TAG + "\n");
    downloader.fetch(full(), Progress.NONE);
    assertWhole();
    assertThat(server.requests().get(0).from()).isZero();
  }

  @Test
  void aServerWithoutRangesStartsAfresh() throws IOException {
    ScriptedServer.Answer whole =
        (request, out) -> {
          head(out, "200 OK", "Content-Length: " + CONTENT.length);
          out.write(CONTENT);
        };
    server.then(cutAfter(CONTENT, null, 100_000), whole);
    downloader.fetch(full(), Progress.NONE);
    assertWhole();
  }

  @Test
  void anAnswerWithAnotherRangeIsNotUsed() throws IOException {
    ScriptedServer.Answer elsewhere =
        (request, out) -> {
          int from = request.from() + 10;
          head(
              out,
              "206 Partial Content",
              "ETag: " + TAG,
              "Content-Range: bytes " + from + "-" + (CONTENT.length - 1) + "/" + CONTENT.length,
              "Content-Length: " + (CONTENT.length - from));
          out.write(CONTENT, from, CONTENT.length - from);
        };
    server.then(cutAfter(CONTENT, TAG, 100_000), elsewhere);
    downloader.fetch(full(), Progress.NONE);
    assertWhole();
  }

  @Test
  void notSatisfiableRangesLeadToAFreshStart() throws IOException {
    server.then(
        cutAfter(CONTENT, TAG, 100_000),
        status("416 Range Not Satisfiable", "Content-Range: bytes */5"));
    downloader.fetch(full(), Progress.NONE);
    assertWhole();
  }

  @Test
  void aCompletePartNeedsNoRequest() throws IOException {
    Files.createDirectories(target().getParent());
    Files.write(folder.resolve("set/file.bin.part"), CONTENT);
    Files.writeString(
        folder.resolve("set/file.bin.part.txt"), server.address() + "\n" + TAG + "\n");
    downloader.fetch(full(), Progress.NONE);
    assertWhole();
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void aCompletePartOfUnknownSizeIsRecognisedByThe416() throws IOException {
    Files.createDirectories(target().getParent());
    Files.write(folder.resolve("set/file.bin.part"), CONTENT);
    Files.writeString(
        folder.resolve("set/file.bin.part.txt"), server.address() + "\n" + TAG + "\n");
    downloader.fetch(download(OptionalLong.empty(), false), Progress.NONE);
    assertWhole();
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void busyServersAreAskedAgain() throws IOException {
    server.then(
        status("503 Service Unavailable", "Retry-After: 0"),
        status("429 Too Many Requests"),
        status("502 Bad Gateway"));
    downloader.fetch(full(), Progress.NONE);
    assertWhole();
  }

  @Test
  void serversThatStayBusyAreGivenUp() {
    ScriptedServer.Answer busy = status("503 Service Unavailable", "Retry-After: 100000");
    server.then(busy, busy, busy, busy, busy);
    assertFails(full(), "given up after 4 attempts: the server answers 503");
    assertThat(server.requests()).hasSize(4);
  }

  @Test
  void aMissingFileIsOneErrorAtOnce() {
    server.then(status("404 Not Found"));
    assertFails(full(), "answers 404");
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void wrongBytesAreRefusedAndNotKept() throws IOException {
    server.then(file(content(2), TAG));
    assertFails(full(), "expected sha256 " + Checksums.sha256(CONTENT) + ", the server sent ");
    assertThat(folder.resolve("set/file.bin.part")).doesNotExist();
  }

  @Test
  void aShortFileIsRefused() {
    byte[] shorter = Arrays.copyOf(CONTENT, 200_000);
    server.then(file(shorter, TAG), file(shorter, TAG), file(shorter, TAG), file(shorter, TAG));
    assertFails(full(), "the server");
  }

  @Test
  void aLongFileIsNotReadToItsEnd() throws IOException {
    byte[] longer = Arrays.copyOf(CONTENT, 5_000_000);
    server.then(file(longer, TAG));
    downloader.fetch(full(), Progress.NONE);
    assertWhole(); // the right bytes, and no more of them than the manifest says
  }

  @Test
  void aLengthThatIsTooLargeDoesNoHarm() throws IOException {
    server.then(
        (request, out) -> {
          head(out, "200 OK", "ETag: " + TAG, "Content-Length: " + 10L * CONTENT.length);
          out.write(CONTENT);
        });
    downloader.fetch(full(), Progress.NONE);
    assertWhole();
  }

  @Test
  void aLengthThatIsTooSmallIsContinued() throws IOException {
    server.then(
        (request, out) -> {
          head(out, "200 OK", "ETag: " + TAG, "Content-Length: 1000");
          out.write(CONTENT, 0, 1000);
        });
    downloader.fetch(full(), Progress.NONE);
    assertWhole();
  }

  @Test
  void anImpossibleLengthIsNoRoomRatherThanAFullDisk() {
    server.then(
        (request, out) -> {
          head(out, "200 OK", "Content-Length: " + Long.MAX_VALUE / 2);
          out.flush();
          Thread.sleep(60_000);
        });
    assertFails(download(OptionalLong.empty(), false), "has room for");
  }

  @Test
  void anAnswerWithoutLengthIsReadToItsEnd() throws IOException {
    server.then(
        (request, out) -> {
          head(out, "200 OK", "X-None: 1");
          out.write(CONTENT);
        });
    downloader.fetch(full(), Progress.NONE);
    assertWhole();
  }

  @Test
  void garbageInsteadOfHttpIsGivenUp() {
    ScriptedServer.Answer garbage = (request, out) -> out.write("SSH-2.0-OpenSSH\r\n".getBytes());
    server.then(garbage, garbage, garbage, garbage);
    assertFails(full(), "given up after 4 attempts: no answer");
  }

  @Test
  void redirectsAreFollowed() throws IOException {
    server.then(
        status("302 Found", "Location: /elsewhere"),
        status("307 Temporary Redirect", "Location: " + server.address()));
    downloader.fetch(full(), Progress.NONE);
    assertWhole();
    assertThat(server.requests())
        .extracting(ScriptedServer.Request::path)
        .containsExactly("/file.bin", "/elsewhere", "/file.bin");
  }

  @Test
  void redirectsToPlainHttpElsewhereAreRefused() {
    server.then(status("302 Found", "Location: http://example.org/file.bin"));
    assertFails(full(), "refuses http://example.org/file.bin, where ");
    server.then(status("302 Found", "Location: file:///etc/passwd"));
    assertFails(full(), "only https is safe");
  }

  @Test
  void endlessRedirectsAreAnError() {
    ScriptedServer.Answer again = status("301 Moved Permanently", "Location: /file.bin");
    server.then(again, again, again, again, again, again, again, again, again, again);
    assertFails(full(), "redirects more than 8 times");
  }

  @Test
  void plainHttpToOtherHostsIsRefused() {
    Download unsafe =
        new Download(
            "set/file.bin",
            URI.create("http://example.org/file.bin"),
            target(),
            OptionalLong.empty(),
            Optional.empty());
    assertFails(unsafe, "refuses http://example.org/file.bin: only https is safe");
  }

  @Test
  void anInterruptStopsAtOnceAndKeepsWhatHasArrived() throws Exception {
    server.then(stallAfter(CONTENT, TAG, 200_000));
    Downloader patient = new Downloader(DownloadSettings.standard());
    CompletableFuture<Throwable> outcome = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                patient.fetch(full(), Progress.NONE);
                outcome.complete(null);
              } catch (RuntimeException e) {
                outcome.complete(e);
              }
            });
    thread.start();
    Path part = folder.resolve("set/file.bin.part");
    while (!Files.exists(part) || Files.size(part) < 200_000) {
      Thread.sleep(5);
    }
    thread.interrupt();
    assertThat(outcome.get(10, TimeUnit.SECONDS)).isInstanceOf(CancelledException.class);
    assertThat(part).hasBinaryContent(Arrays.copyOf(CONTENT, 200_000));
    downloader.fetch(full(), Progress.NONE);
    assertWhole();
    assertThat(server.requests().get(1).from()).isEqualTo(200_000);
  }

  @Test
  void twoWhoWantTheSameFileFetchItOnce() throws Exception {
    Thread other = new Thread(() -> downloader.fetch(full(), Progress.NONE));
    other.start();
    downloader.fetch(full(), Progress.NONE);
    other.join();
    assertWhole();
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void severalFilesAreFetchedAndTheFirstFailureIsTold() {
    List<Download> downloads = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      downloads.add(
          new Download(
              "set/" + i,
              server.address(),
              folder.resolve("several").resolve(i + ".bin"),
              OptionalLong.of(CONTENT.length),
              full().checksum()));
    }
    downloads.set(
        2,
        new Download(
            "set/2",
            URI.create("http://example.org/2"),
            folder.resolve("several").resolve("2.bin"),
            OptionalLong.empty(),
            Optional.empty()));
    assertThatThrownBy(() -> downloader.fetchAll(downloads, Progress.NONE))
        .isInstanceOf(DownloadException.class)
        .hasMessageStartingWith("set/2: refuses");
    for (int i : new int[] {0, 1, 3, 4}) {
      assertThat(folder.resolve("several").resolve(i + ".bin")).hasBinaryContent(CONTENT);
    }
  }

  /** Nor is the host waited for as long as one that was there before. */
  @Test
  void whereAHostDoesNotAnswerTheOtherFilesAreNotTried() throws IOException {
    URI address = server.address();
    server.close();
    Path several = folder.resolve("several");
    List<Download> downloads =
        IntStream.range(0, 40)
            .mapToObj(
                i ->
                    new Download(
                        "set/" + i,
                        address,
                        several.resolve(i + ".bin"),
                        OptionalLong.empty(),
                        Optional.empty()))
            .toList();
    assertThatThrownBy(() -> downloader.fetchAll(downloads, Progress.NONE))
        .isInstanceOf(UnreachableException.class)
        .hasMessageMatching("set/[01]: given up after 2 attempts: no answer from 127.0.0.1 .*");
    try (Stream<Path> tried = Files.list(several)) {
      assertThat(tried.count()).isLessThan(40);
    }
  }

  @Test
  void aNameWithoutAnAddressIsToldInWords() {
    Download nowhere =
        new Download(
            "set/file.bin",
            URI.create("https://kindred.invalid/file.bin"),
            target(),
            OptionalLong.empty(),
            Optional.empty());
    assertThatThrownBy(() -> downloader.fetch(nowhere, Progress.NONE))
        .isInstanceOf(UnreachableException.class)
        .hasMessageContaining("no answer from kindred.invalid (")
        .hasMessageNotContaining("Exception");
  }

  @Test
  void progressCountsEveryByteOnceAndNotesRateAndRemainingTime() throws IOException {
    server.then(
        cutAfter(CONTENT, TAG, 100_000),
        (request, out) -> {
          ScriptedServer.range(out, CONTENT, TAG, request.from());
          out.write(CONTENT, request.from(), 50_000);
          out.flush();
          Thread.sleep(250);
          out.write(CONTENT, request.from() + 50_000, CONTENT.length - request.from() - 50_000);
        });
    List<String> notes = Collections.synchronizedList(new ArrayList<>());
    long[] counts = new long[2];
    Progress recording =
        (label, total) -> {
          counts[1] = total;
          return new Progress.Task() {
            @Override
            public void advance(long units) {
              counts[0] += units;
            }

            @Override
            public void note(String text) {
              notes.add(text);
            }
          };
        };
    downloader.fetch(full(), recording);
    assertThat(counts).containsExactly(CONTENT.length, CONTENT.length);
    assertThat(notes)
        .anyMatch(
            note -> note.matches("[0-9.]+ [kM]?B of 300\\.0 kB, [0-9.]+ [kMG]?B/s, [0-9]+ s left"))
        .anyMatch(note -> note.endsWith("; trying again"));
    assertWhole();
  }
}
