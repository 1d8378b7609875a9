package dev.kindred.stimuli.files;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;

/**
 * A web server on this machine that misbehaves as a script says: one answer a request, then honest
 * ones. Raw sockets, since a proper server would refuse to lie.
 */
public final class ScriptedServer implements AutoCloseable {
  /** Writes an answer; returning closes the connection. */
  public interface Answer {
    void write(Request request, OutputStream out) throws IOException, InterruptedException;
  }

  public record Request(String path, Map<String, String> headers) {
    /** First byte that is asked for, or 0. */
    public int from() {
      String range = headers.getOrDefault("range", "bytes=0-");
      return Integer.parseInt(range.substring(6, range.length() - 1));
    }
  }

  private final ServerSocket socket;
  private final Queue<Answer> script = new ArrayDeque<>();
  private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());
  private final Answer honest;
  private volatile boolean closed;

  public ScriptedServer(byte[] content, String etag) throws IOException {
    socket = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    honest = file(content, etag);
    Thread thread = new Thread(this::serve, "scripted-server");
    thread.setDaemon(true);
    thread.start();
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/file.bin");
  }

  /** The next answers, in this order; after them the file is served as it should be. */
  public ScriptedServer then(Answer... answers) {
    synchronized (script) {
      script.addAll(List.of(answers));
    }
    return this;
  }

  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /** The whole file, or the part that is asked for if the validator fits. */
  public static Answer file(byte[] content, String etag) {
    return (request, out) -> {
      int from = request.from();
      String validator = request.headers().get("if-range");
      if (validator != null && !validator.equals(etag)) {
        from = 0;
      }
      if (from >= content.length && from > 0) {
        head(
            out,
            "416 Range Not Satisfiable",
            "Content-Range: bytes */" + content.length,
            "Content-Length: 0");
        return;
      }
      range(out, content, etag, from);
      out.write(content, from, content.length - from);
    };
  }

  /** The head of an answer with a part of a file. */
  public static void range(OutputStream out, byte[] content, String etag, int from)
      throws IOException {
    String tag = etag == null ? "X-None: 1" : "ETag: " + etag;
    if (from == 0) {
      head(out, "200 OK", tag, "Content-Length: " + content.length);
    } else {
      head(
          out,
          "206 Partial Content",
          tag,
          "Content-Range: bytes " + from + "-" + (content.length - 1) + "/" + content.length,
          "Content-Length: " + (content.length - from));
    }
  }

  /** Sends only some bytes of what it promises, then cuts the connection. */
  public static Answer cutAfter(byte[] content, String etag, int bytes) {
    return (request, out) -> {
      int from = request.from();
      range(out, content, etag, from);
      out.write(content, from, Math.min(bytes, content.length - from));
    };
  }

  /** Sends only some bytes of what it promises, then nothing for a long time. */
  public static Answer stallAfter(byte[] content, String etag, int bytes) {
    return (request, out) -> {
      int from = request.from();
      range(out, content, etag, from);
      out.write(content, from, Math.min(bytes, content.length - from));
      out.flush();
      Thread.sleep(60_000);
    };
  }

  public static Answer status(String status, String... headers) {
    return (request, out) -> {
      String[] all = java.util.Arrays.copyOf(headers, headers.length + 1);
      all[headers.length] = "Content-Length: 0";
      head(out, status, all);
    };
  }

  public static void head(OutputStream out, String status, String... headers) throws IOException {
    String text =
        "HTTP/1.1 "
            + status
            + "\r\n"
            + String.join("\r\n", headers)
            + "\r\nConnection: close\r\n\r\n";
    out.write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private void serve() {
    while (!closed) {
      try {
        Socket connection = socket.accept();
        Thread thread = new Thread(() -> answer(connection), "scripted-answer");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void answer(Socket connection) {
    try (connection) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
      String first = in.readLine();
      if (first == null) {
        return;
      }
      Map<String, String> headers = new TreeMap<>();
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        int colon = line.indexOf(':');
        headers.put(
            line.substring(0, colon).toLowerCase(java.util.Locale.ROOT),
            line.substring(colon + 1).trim());
      }
      Request request = new Request(first.split(" ")[1], headers);
      requests.add(request);
      Answer answer;
      synchronized (script) {
        answer = script.isEmpty() ? honest : script.remove();
      }
      OutputStream out = connection.getOutputStream();
      answer.write(request, out);
      out.flush();
    } catch (IOException | InterruptedException e) {
      // The client went away, which is its right.
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    socket.close();
  }
}
