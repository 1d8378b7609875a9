package dev.kindred.kernel;

import dev.kindred.kernel.session.CellError;
import dev.kindred.kernel.wire.Connection;
import io.github.spencerpark.jupyter.channels.ShellReplyEnvironment;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.MessageType;
import io.github.spencerpark.jupyter.messages.publish.PublishError;
import io.github.spencerpark.jupyter.messages.publish.PublishExecuteInput;
import io.github.spencerpark.jupyter.messages.publish.PublishExecuteResult;
import io.github.spencerpark.jupyter.messages.reply.ErrorReply;
import io.github.spencerpark.jupyter.messages.reply.ExecuteReply;
import io.github.spencerpark.jupyter.messages.request.ExecuteRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Answers {@code execute_request}: counts, silence, history, results, errors, and the requests
 * behind a failed one, which are not run.
 */
final class ExecuteHandler {
  /** Runs a cell. */
  interface Evaluator {
    DisplayData eval(String code, String name) throws CellError;
  }

  private final Connection connection;
  private final CellIo io;
  private final Evaluator evaluator;
  private final History history;
  private int count;

  ExecuteHandler(Connection connection, CellIo io, Evaluator evaluator, History history) {
    this.connection = connection;
    this.io = io;
    this.evaluator = evaluator;
    this.history = history;
  }

  void handle(ShellReplyEnvironment env, Message<ExecuteRequest> message) {
    ExecuteRequest request = message.getContent();
    boolean silent = request.isSilent();
    boolean counted = !silent && request.shouldStoreHistory();
    if (counted) {
      count++;
      history.add(count, request.getCode());
    }
    env.setStatusBusy();
    if (!silent) {
      env.publish(new PublishExecuteInput(request.getCode(), count));
    }
    io.attach(env);
    connection.output().attach(env);
    connection.input().attach(message, request.isStdinEnabled());
    List<Message<?>> behind = List.of();
    try {
      DisplayData result = evaluator.eval(request.getCode(), "In[" + count + "]");
      if (result != null && !silent) {
        env.publish(new PublishExecuteResult(count, result));
      }
      env.reply(new ExecuteReply(count, Map.of()));
    } catch (Throwable thrown) {
      CellError e = thrown instanceof CellError known ? known : unforeseen(thrown);
      if (request.shouldStopOnError()) {
        behind = waiting();
      }
      if (!silent) {
        env.publish(new PublishError(e.name(), e.getMessage(), e.traceback()));
      }
      ErrorReply reply = new ErrorReply(e.name(), e.getMessage(), e.traceback());
      reply.setExecutionCount(count);
      env.replyError(ExecuteReply.MESSAGE_TYPE.error(), reply);
    }
    env.setStatusIdle();
    for (Message<?> next : behind) {
      if (next.getHeader().getType() == MessageType.EXECUTE_REQUEST) {
        connection.abort(next, new Aborted(count));
      } else {
        connection.handleOnShell(next);
      }
    }
  }

  /** What is not the cell's own error is one of the compiler, or of the kernel. */
  private static CellError unforeseen(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof StackOverflowError) {
        return CellErrors.of("nested too deeply for the compiler", cause);
      }
    }
    return CellErrors.of("neither the compiler nor the kernel could cope with this", thrown);
  }

  /**
   * The requests that wait now. Front ends send all cells of "run all" at once and leave it to the
   * kernel to stop; what is sent once the failure is known is meant to run, so this is asked before
   * the reply leaves.
   */
  private List<Message<?>> waiting() {
    List<Message<?>> found = new ArrayList<>();
    for (Message<?> next = connection.pollShell(); next != null; next = connection.pollShell()) {
      found.add(next);
    }
    return found;
  }

  /** The content of the reply to a request that was not run. */
  @SuppressWarnings("unused")
  private static final class Aborted {
    private final String status = "aborted";
    private final int execution_count;

    Aborted(int count) {
      this.execution_count = count;
    }
  }
}
