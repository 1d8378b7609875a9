package dev.kindred.kernel.stop;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Calls of C functions and a little memory for them, through {@code java.lang.foreign}: final since
 * JDK 22 and used by reflection, since the kernel is compiled for 17. Pointers are longs.
 */
final class Native {
  private final Class<?> segment = Class.forName("java.lang.foreign.MemorySegment");
  private final Class<?> layout = Class.forName("java.lang.foreign.MemoryLayout");
  private final Class<?> arenaType = Class.forName("java.lang.foreign.Arena");
  private final Class<?> lookup = Class.forName("java.lang.foreign.SymbolLookup");
  private final Class<?> linkerType = Class.forName("java.lang.foreign.Linker");
  private final Class<?> longType = Class.forName("java.lang.foreign.ValueLayout$OfLong");
  private final Object longs;
  private final Object ints;
  private final Object arena = arenaType.getMethod("global").invoke(null);
  private final Object linker = linkerType.getMethod("nativeLinker").invoke(null);

  Native() throws ReflectiveOperationException {
    Class<?> values = Class.forName("java.lang.foreign.ValueLayout");
    longs = values.getField("JAVA_LONG").get(null);
    ints = values.getField("JAVA_INT").get(null);
  }

  /** Zeroed memory that is never freed. */
  long allocate(long bytes) throws ReflectiveOperationException {
    return address(
        arenaType.getMethod("allocate", long.class, long.class).invoke(arena, bytes, 8L));
  }

  /** A C string, never freed. */
  long text(String ascii) throws ReflectiveOperationException {
    return address(arenaType.getMethod("allocateFrom", String.class).invoke(arena, ascii));
  }

  long get(long address) throws ReflectiveOperationException {
    return (long) segment.getMethod("get", longType, long.class).invoke(memory(address), longs, 0L);
  }

  void set(long address, long value) throws ReflectiveOperationException {
    segment
        .getMethod("set", longType, long.class, long.class)
        .invoke(memory(address), longs, 0L, value);
  }

  /** The address of a symbol of a library that this process has loaded. */
  long symbol(Path library, String name) throws ReflectiveOperationException {
    Object symbols =
        lookup.getMethod("libraryLookup", Path.class, arenaType).invoke(null, library, arena);
    Optional<?> found = (Optional<?>) lookup.getMethod("find", String.class).invoke(symbols, name);
    return address(found.orElseThrow());
  }

  /**
   * A handle on a C function.
   *
   * @param types p (pointer, as long) or i (int): of the result first, then of each parameter
   */
  MethodHandle function(long address, String types) throws ReflectiveOperationException {
    Object parameters = Array.newInstance(layout, types.length() - 1);
    for (int i = 1; i < types.length(); i++) {
      Array.set(parameters, i - 1, type(types.charAt(i)));
    }
    Class<?> descriptorType = Class.forName("java.lang.foreign.FunctionDescriptor");
    Object descriptor =
        descriptorType
            .getMethod("of", layout, parameters.getClass())
            .invoke(null, type(types.charAt(0)), parameters);
    Object options = Array.newInstance(Class.forName("java.lang.foreign.Linker$Option"), 0);
    return (MethodHandle)
        linkerType
            .getMethod("downcallHandle", segment, descriptorType, options.getClass())
            .invoke(linker, at(address), descriptor, options);
  }

  private Object type(char code) {
    return code == 'p' ? longs : ints;
  }

  private Object memory(long address) throws ReflectiveOperationException {
    return segment.getMethod("reinterpret", long.class).invoke(at(address), 8L);
  }

  private Object at(long address) throws ReflectiveOperationException {
    return segment.getMethod("ofAddress", long.class).invoke(null, address);
  }

  private long address(Object memory) throws ReflectiveOperationException {
    return (long) segment.getMethod("address").invoke(memory);
  }
}
