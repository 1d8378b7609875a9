package dev.kindred.kernel.wire;

import io.github.spencerpark.jupyter.channels.IOPubChannel;
import io.github.spencerpark.jupyter.channels.JupyterConnection;
import io.github.spencerpark.jupyter.channels.JupyterSocket;
import io.github.spencerpark.jupyter.channels.ShellChannel;
import io.github.spencerpark.jupyter.channels.ShellHandler;
import io.github.spencerpark.jupyter.channels.ShellReplyEnvironment;
import io.github.spencerpark.jupyter.channels.StdinChannel;
import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.MessageContext;
import io.github.spencerpark.jupyter.messages.MessageType;
import io.github.spencerpark.jupyter.messages.publish.PublishStatus;
import java.security.GeneralSecurityException;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;
import zmq.ZError;

/**
 * The five sockets of a kernel. The base library's loops end at the first faulty message and poll
 * with pauses; these wait in the socket and go on whatever comes.
 */
public final class Connection extends JupyterConnection {
  private final KernelConnectionProperties properties;
  private final ZMQ.Context context = ZMQ.context(1);
  private final Publisher publisher;
  private final StandardInput input;
  private final StandardOutput output = new StandardOutput();
  private ZMQ.Poller shellPoller;

  public Connection(KernelConnectionProperties properties) throws GeneralSecurityException {
    super(properties);
    this.properties = properties;
    this.publisher = new Publisher(context, properties.createHMACGenerator());
    this.input = new StandardInput(stdin);
  }

  @Override
  public void connect() {
    stdin.bind(properties);
    publisher.bind(properties);
    heartbeat.bind(address(properties.getHbPort()));
    shell.bind(address(properties.getShellPort()));
    control.bind(address(properties.getControlPort()));
    publisher.sendMessage(new Message<>(null, PublishStatus.MESSAGE_TYPE, PublishStatus.STARTING));
    start("heartbeat", () -> echo(heartbeat));
    start("control", () -> serve(control));
    start("shell", () -> serve(shell));
  }

  @Override
  public IOPubChannel getIOPub() {
    return publisher;
  }

  /** Where cells read from. */
  public StandardInput input() {
    return input;
  }

  /** Where cells write to. */
  public StandardOutput output() {
    return output;
  }

  @Override
  public ShellReplyEnvironment prepareReplyEnv(ShellChannel channel, MessageContext request) {
    return new Reply(channel, stdin, publisher, request, output);
  }

  /** Waits until what was published has gone to the socket. */
  public void drain(long millis) {
    publisher.drain(millis);
  }

  /** Requests that have arrived on the shell socket and wait; to be called by its thread only. */
  public Message<?> pollShell() {
    while (shellPoller != null && shellPoller.poll(0) > 0) {
      try {
        return shell.readMessage();
      } catch (RuntimeException e) {
        Log.warn("a message cannot be read", e);
      }
    }
    return null;
  }

  private String address(int port) {
    return properties.getTransport() + "://" + properties.getIp() + ":" + port;
  }

  private static void start(String name, Runnable loop) {
    Thread thread = new Thread(loop, name);
    thread.setDaemon(false);
    thread.start();
  }

  private void echo(JupyterSocket heartbeat) {
    while (true) {
      byte[] beat = heartbeat.recv();
      if (beat != null) {
        heartbeat.send(beat);
      }
    }
  }

  private void serve(ShellChannel channel) {
    ZMQ.Poller poller = context.poller(1);
    poller.register(channel, ZMQ.Poller.POLLIN);
    if (channel == shell) {
      shellPoller = poller;
    }
    while (true) {
      try {
        if (poller.poll(-1) > 0) {
          Message<?> message = channel.readMessage();
          handle(channel, message);
        }
      } catch (ZMQException e) {
        if (e.getErrorCode() == ZError.ETERM) {
          return;
        }
        Log.warn("socket trouble", e);
      } catch (RuntimeException | Error e) {
        Log.warn("a message could not be handled", e);
      }
    }
  }

  /** Handles one request and answers it. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  public void handle(ShellChannel channel, Message<?> message) {
    MessageType type = message.getHeader().getType();
    ShellHandler handler = type == null ? null : getHandler(type);
    if (handler == null) {
      Log.warn("no handler for a message of type " + type);
      return;
    }
    ShellReplyEnvironment environment = prepareReplyEnv(channel, message);
    try {
      handler.handle(environment, message);
    } finally {
      environment.resolveDeferrals();
    }
  }

  /** Answers a request that {@link #pollShell} returned with this content, without handling it. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  public void abort(Message<?> request, Object content) {
    ShellReplyEnvironment environment = prepareReplyEnv(shell, request);
    environment.setStatusBusy();
    environment.reply(new Message(request, MessageType.EXECUTE_REPLY, content));
    environment.setStatusIdle();
  }

  /** Handles a request that {@link #pollShell} returned. */
  public void handleOnShell(Message<?> message) {
    handle(shell, message);
  }

  /** Keeps the order between what is printed and what is displayed. */
  private static final class Reply extends ShellReplyEnvironment {
    private final StandardOutput output;

    Reply(
        ShellChannel shell,
        StdinChannel stdin,
        JupyterSocket iopub,
        MessageContext context,
        StandardOutput output) {
      super(shell, stdin, iopub, context);
      this.output = output;
    }

    @Override
    public void publish(Message<?> message) {
      if (message.getHeader().getType() != MessageType.PUBLISH_STREAM) {
        output.flush();
      }
      super.publish(message);
    }
  }
}
