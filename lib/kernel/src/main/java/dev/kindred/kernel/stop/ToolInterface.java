package dev.kindred.kernel.stop;

import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * {@code StopThread} of the JVM Tool Interface, for JDKs whose {@code Thread.stop} does nothing.
 *
 * <p>Functions are found by their positions in the tables of {@code jni.h} and {@code jvmti.h},
 * which both specifications fix. Native code cannot be given a Java object from here, so it fetches
 * thread and exception itself, from the system properties, where they lie for that moment.
 *
 * <p>What JNI returns is a local reference, which the next native method of the JDK makes void. So
 * each is made global by the very next call, through handles that have been used before, with a
 * null, so that nothing is linked in between.
 */
final class ToolInterface {
  private static final int JNI_VERSION_1_8 = 0x00010008;
  private static final int JVMTI_VERSION_1_2 = 0x30010200;
  private static final long CAN_SIGNAL_THREAD = 1L << 10;
  private static final String KEY = "dev.kindred.kernel.stop";

  private static ToolInterface instance;
  private static boolean unavailable;

  private final Native memory = new Native();
  private final long result = memory.allocate(8);
  private final long arguments = memory.allocate(8);
  private final long vm;
  private final MethodHandle getEnvironment;
  private final MethodHandle newGlobal;
  private final MethodHandle deleteGlobal;
  private final MethodHandle callObject;
  private final MethodHandle stopThread;
  private final long jvmti;
  private final long properties;
  private final long get;
  private final long key;

  private ToolInterface() throws Throwable {
    MethodHandle created =
        memory.function(memory.symbol(libjvm(), "JNI_GetCreatedJavaVMs"), "ipip");
    check((int) created.invokeExact(result, 1, memory.allocate(8)));
    vm = memory.get(result);
    getEnvironment = function(vm, 6, "ippi");

    jvmti = environment(JVMTI_VERSION_1_2);
    long capabilities = memory.allocate(16);
    memory.set(capabilities, CAN_SIGNAL_THREAD);
    MethodHandle addCapabilities = function(jvmti, 142 - 1, "ipp");
    check((int) addCapabilities.invokeExact(jvmti, capabilities));
    stopThread = function(jvmti, 7 - 1, "ippp");

    long jni = environment(JNI_VERSION_1_8);
    newGlobal = function(jni, 21, "ppp");
    deleteGlobal = function(jni, 22, "ipp");
    callObject = function(jni, 36, "ppppp");
    MethodHandle findClass = function(jni, 6, "ppp");
    MethodHandle getMethod = function(jni, 33, "ppppp");
    MethodHandle getStaticMethod = function(jni, 113, "ppppp");
    MethodHandle callStatic = function(jni, 116, "ppppp");
    MethodHandle newString = function(jni, 167, "ppp");
    call(newGlobal, jni, 0);

    long system = global(jni, call(findClass, jni, memory.text("java/lang/System")));
    long getProperties =
        call(
            getStaticMethod,
            jni,
            system,
            memory.text("getProperties"),
            memory.text("()Ljava/util/Properties;"));
    properties = global(jni, call(callStatic, jni, system, getProperties, arguments));
    long type = global(jni, call(findClass, jni, memory.text("java/util/Properties")));
    get =
        call(
            getMethod,
            jni,
            type,
            memory.text("get"),
            memory.text("(Ljava/lang/Object;)Ljava/lang/Object;"));
    key = global(jni, call(newString, jni, memory.text(KEY)));
  }

  /** Finds the functions, which takes a moment, before they are needed. */
  static synchronized void prepare() {
    if (instance == null && !unavailable) {
      try {
        instance = new ToolInterface();
      } catch (Throwable e) {
        unavailable = true;
      }
    }
  }

  /** Throws {@code error} in the thread; returns false where this JVM offers no way. */
  static synchronized boolean stop(Thread thread, Throwable error) {
    prepare();
    if (unavailable) {
      return false;
    }
    try {
      return instance.throwIn(thread, error);
    } catch (Throwable e) {
      unavailable = true;
      return false;
    }
  }

  private boolean throwIn(Thread thread, Throwable error) throws Throwable {
    long jni = environment(JNI_VERSION_1_8);
    long target = reference(jni, thread);
    long thrown = reference(jni, error);
    int status = (int) stopThread.invokeExact(jvmti, target, thrown);
    int ignored = (int) deleteGlobal.invokeExact(jni, target);
    ignored = (int) deleteGlobal.invokeExact(jni, thrown);
    return status == 0;
  }

  /** A global reference to a Java object. */
  private long reference(long jni, Object object) throws Throwable {
    Properties shared = System.getProperties();
    shared.put(KEY, object);
    try {
      memory.set(arguments, key);
      return global(jni, call(callObject, jni, properties, get, arguments));
    } finally {
      shared.remove(KEY);
    }
  }

  private long global(long jni, long local) throws Throwable {
    long reference = call(newGlobal, jni, local);
    if (reference == 0) {
      throw new IllegalStateException("not found");
    }
    return reference;
  }

  private static long call(MethodHandle function, long a, long b) throws Throwable {
    return (long) function.invokeExact(a, b);
  }

  private static long call(MethodHandle function, long a, long b, long c, long d) throws Throwable {
    return (long) function.invokeExact(a, b, c, d);
  }

  private long environment(int version) throws Throwable {
    check((int) getEnvironment.invokeExact(vm, result, version));
    return memory.get(result);
  }

  private static void check(int status) {
    if (status != 0) {
      throw new IllegalStateException("status " + status);
    }
  }

  private MethodHandle function(long environment, int index, String types)
      throws ReflectiveOperationException {
    long table = memory.get(environment);
    return memory.function(memory.get(table + 8L * index), types);
  }

  private static Path libjvm() {
    Path home = Path.of(System.getProperty("java.home"));
    String file = System.mapLibraryName("jvm");
    Path posix = home.resolve("lib").resolve("server").resolve(file);
    return Files.exists(posix) ? posix : home.resolve("bin").resolve("server").resolve(file);
  }
}
