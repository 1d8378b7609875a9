package dev.kindred.stimuli.files;

import dev.kindred.base.CancelledException;
import dev.kindred.base.ProcessLock;
import dev.kindred.base.Progress;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Downloads files over https. A download that is cut, or killed with the process, goes on where it
 * stopped; a file appears under its name only when its size and checksum are right. Addresses with
 * plain http are refused unless they name this very machine, and so are redirects to such.
 */
public final class Downloader {
  private final DownloadSettings settings;
  private final HttpClient client;

  public Downloader(DownloadSettings settings) {
    this.settings = settings;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(settings.connect())
            .build();
  }

  /**
   * Downloads one file, or waits until another thread or process has.
   *
   * @throws DownloadException if it cannot be had
   * @throws CancelledException if the thread is interrupted; what has arrived is kept
   */
  public void fetch(Download download, Progress progress) {
    try {
      Files.createDirectories(download.to().toAbsolutePath().getParent());
    } catch (IOException e) {
      throw new DownloadException(
          download.label() + ": cannot make the folder of " + download.to() + ": " + e.getMessage(),
          e);
    }
    Path lock = download.to().resolveSibling(download.to().getFileName() + ".lock");
    try (ProcessLock held = ProcessLock.acquire(lock, download.label())) {
      if (!Files.exists(download.to())) {
        new DownloadRun(client, settings, download, progress).run();
      }
    } catch (IOException e) {
      throw new DownloadException(download.label() + ": " + e.getMessage(), e);
    }
  }

  /**
   * Downloads several files, a few at a time. All are tried, and the first failure is thrown at the
   * end; but where a host does not answer, no more is tried.
   */
  public void fetchAll(List<Download> downloads, Progress progress) {
    if (downloads.size() == 1) {
      fetch(downloads.get(0), progress);
      return;
    }
    ExecutorService threads =
        Executors.newFixedThreadPool(
            Math.max(1, Math.min(settings.parallel(), downloads.size())),
            work -> {
              Thread thread = new Thread(work, "kindred-download");
              thread.setDaemon(true);
              return thread;
            });
    try {
      CompletionService<Void> running = new ExecutorCompletionService<>(threads);
      for (Download download : downloads) {
        running.submit(() -> fetch(download, progress), null);
      }
      RuntimeException first = null;
      for (int finished = 0; finished < downloads.size(); finished++) {
        try {
          running.take().get();
        } catch (ExecutionException e) {
          RuntimeException failure =
              e.getCause() instanceof RuntimeException known
                  ? known
                  : new IllegalStateException(e.getCause());
          if (failure instanceof UnreachableException) {
            throw failure;
          }
          first = first == null ? failure : first;
        }
      }
      if (first != null) {
        throw first;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancelledException("download stopped on request; what has arrived is kept");
    } finally {
      threads.shutdownNow();
    }
  }
}
