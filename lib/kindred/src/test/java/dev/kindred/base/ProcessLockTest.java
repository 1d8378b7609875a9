package dev.kindred.base;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.ChildJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessLockTest {
  @TempDir Path folder;

  /** A process that says whether it has the lock, and keeps it until it is killed. */
  static final class Asking {
    public static void main(String[] arguments) throws Exception {
      Optional<ProcessLock> lock = ProcessLock.tryAcquire(Path.of(arguments[0]));
      System.out.write(lock.isPresent() ? 'y' : 'n');
      System.out.flush();
      System.in.read();
    }
  }

  private Process ask(Path file) throws IOException {
    return ChildJvm.of(Asking.class, file).start();
  }

  @Test
  void theLockHoldsAgainstThreadsAndProcessesWhoeverAsks() throws Exception {
    Path file = folder.resolve("lock");
    try (ProcessLock held = ProcessLock.acquire(file, "it")) {
      // To ask must not end the lock of this process.
      assertThat(ProcessLock.tryAcquire(file)).isEmpty();
      assertThat(ProcessLock.tryAcquire(folder.resolve("./lock"))).isEmpty();
      Process other = ask(file);
      assertThat(other.getInputStream().read()).isEqualTo('n');
      other.destroyForcibly().waitFor();
    }
    ProcessLock.tryAcquire(file).orElseThrow().close();
  }

  @Test
  void theLockEndsWithItsProcess() throws Exception {
    Path file = folder.resolve("lock");
    Process other = ask(file);
    assertThat(other.getInputStream().read()).isEqualTo('y');
    assertThat(ProcessLock.tryAcquire(file)).isEmpty();
    other.destroyForcibly().waitFor();
    ProcessLock.acquire(file, "it").close();
  }
}
