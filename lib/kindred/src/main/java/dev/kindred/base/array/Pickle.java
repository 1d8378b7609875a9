package dev.kindred.base.array;

import dev.kindred.base.InputException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A pickle machine that makes only plain values (None, booleans, numbers, texts, bytes, lists,
 * tuples, dictionaries) and what its {@link Maker} makes of a short list of names. A pickle is a
 * program; this machine has no instruction that runs anything else, so a foreign class is never
 * loaded, whatever the file asks for.
 *
 * <p>Memory and time are proportional to the bytes read. Opcodes are those of CPython's
 * pickletools, protocols 0 to 5, without the ones that no file of arrays has (extension registry,
 * old-style instances, out-of-band buffers).
 */
final class Pickle {
  private static final int MAX_LINE = 1 << 16;
  private static final int MAX_INTEGER_BYTES = 1 << 10;

  /** A name that the pickle asks to import; only a name. */
  record Global(String module, String name) {
    String path() {
      return module + "." + name;
    }
  }

  /** Stands for an object that is not made. */
  record Unmade(String description) {}

  /** What a file's kind makes of names, calls and references to storages. */
  interface Maker {
    /** The result of calling {@code callable}; {@link Unmade} where it is not on the short list. */
    Object call(Global callable, List<Object> arguments);

    /** Gives a made object its state. */
    void setState(Object made, Object state);

    /** What an identity outside the pickle stands for. */
    Object persistent(Object id);
  }

  private static final Object MARK = new Object();

  private final String where;
  private final ByteCursor in;
  private final Maker maker;
  private final ArrayList<Object> stack = new ArrayList<>();
  private final Map<Integer, Object> memo = new HashMap<>();

  private Pickle(String where, ByteCursor in, Maker maker) {
    this.where = where;
    this.in = in;
    this.maker = maker;
  }

  /**
   * Reads one pickle; the cursor is behind its end afterwards. Values are null, Boolean, Long,
   * BigInteger, Double, String, byte[], List, Map with names, and what the maker made.
   */
  static Object read(String where, ByteCursor in, Maker maker) {
    try {
      return new Pickle(where, in, maker).run();
    } catch (IndexOutOfBoundsException | ClassCastException | NumberFormatException e) {
      throw new InputException(where + ": damaged pickle: " + Faults.text(e), e);
    }
  }

  private Object run() {
    while (true) {
      int opcode = in.readUnsigned();
      if (opcode == '.') {
        return pop();
      }
      if (!number(opcode) && !text(opcode) && !collection(opcode) && !memory(opcode)) {
        object(opcode);
      }
    }
  }

  private boolean number(int opcode) {
    switch (opcode) {
      case 'N' -> push(null);
      case 0x88 -> push(true);
      case 0x89 -> push(false);
      case 'K' -> push((long) in.readUnsigned());
      case 'M' -> push((long) in.readUnsignedShort());
      case 'J' -> push((long) in.readInt());
      case 'I' -> {
        String line = line();
        push(
            line.equals("01") ? (Object) true : line.equals("00") ? (Object) false : decimal(line));
      }
      case 'L' -> {
        String line = line();
        push(decimal(line.endsWith("L") ? line.substring(0, line.length() - 1) : line));
      }
      case 0x8A -> push(binaryInteger(in.readUnsigned()));
      case 0x8B -> push(binaryInteger(in.readInt()));
      case 'F' -> push(Double.parseDouble(line()));
      case 'G' -> push(Double.longBitsToDouble(Long.reverseBytes(in.readLong())));
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean text(int opcode) {
    switch (opcode) {
      case 'S' -> {
        String line = line();
        if (line.length() < 2 || line.charAt(0) != line.charAt(line.length() - 1)) {
          throw fault("a text without quotes");
        }
        push(line.substring(1, line.length() - 1));
      }
      case 'V' -> push(line());
      case 'U' -> push(latin1(in.readUnsigned()));
      case 'T' -> push(latin1(in.readInt()));
      case 0x8C -> push(utf8(in.readUnsigned()));
      case 'X' -> push(utf8(in.readInt() & 0xFFFFFFFFL));
      case 0x8D -> push(utf8(in.readLong()));
      case 'C' -> push(in.readBytes(in.readUnsigned()));
      case 'B' -> push(in.readBytes(in.readInt() & 0xFFFFFFFFL));
      case 0x8E, 0x96 -> push(in.readBytes(in.readLong()));
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean collection(int opcode) {
    switch (opcode) {
      case '(' -> stack.add(MARK);
      case '0' -> popAny();
      case '1' -> popToMark();
      case '2' -> push(top());
      case ']', 0x8F, ')' -> push(new ArrayList<>());
      case 'l', 't', 0x91 -> push(popToMark());
      case 0x85 -> push(popTuple(1));
      case 0x86 -> push(popTuple(2));
      case 0x87 -> push(popTuple(3));
      case '}' -> push(new LinkedHashMap<String, Object>());
      case 'd' -> {
        List<Object> items = popToMark();
        push(new LinkedHashMap<String, Object>());
        putAll(items);
      }
      case 'a' -> addAll(popTuple(1));
      case 'e', 0x90 -> addAll(popToMark());
      case 's' -> putAll(popTuple(2));
      case 'u' -> putAll(popToMark());
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean memory(int opcode) {
    switch (opcode) {
      case 'p' -> memo.put(Integer.valueOf(line()), top());
      case 'q' -> memo.put(in.readUnsigned(), top());
      case 'r' -> memo.put(in.readInt(), top());
      case 0x94 -> memo.put(memo.size(), top());
      case 'g' -> push(remembered(Integer.parseInt(line())));
      case 'h' -> push(remembered(in.readUnsigned()));
      case 'j' -> push(remembered(in.readInt()));
      default -> {
        return false;
      }
    }
    return true;
  }

  private void object(int opcode) {
    switch (opcode) {
      case 0x80 -> {
        int protocol = in.readUnsigned();
        if (protocol > 5) {
          throw fault("protocol " + protocol + ", known are 0 to 5");
        }
      }
      case 0x95 -> in.readLong(); // length of a frame, of use to streams only
      case 'c' -> push(new Global(line(), line()));
      case 0x93 -> {
        Object name = pop();
        Object module = pop();
        if (!(name instanceof String n) || !(module instanceof String m)) {
          throw fault("a name that is no text");
        }
        push(new Global(m, n));
      }
      case 'R', 0x81 -> {
        Object arguments = pop();
        call(pop(), arguments);
      }
      case 0x92 -> {
        pop();
        Object arguments = pop();
        call(pop(), arguments);
      }
      case 'b' -> {
        Object state = pop();
        maker.setState(top(), state);
      }
      case 'Q' -> push(maker.persistent(pop()));
      default -> throw fault(String.format("the instruction 0x%02x, which is not run", opcode));
    }
  }

  private void call(Object callable, Object arguments) {
    List<Object> list = arguments instanceof List<?> l ? new ArrayList<>(l) : List.of();
    push(
        callable instanceof Global global
            ? maker.call(global, list)
            : new Unmade("a call of something that is no name"));
  }

  private void push(Object value) {
    stack.add(value);
  }

  private Object popAny() {
    if (stack.isEmpty()) {
      throw fault("an instruction for a value that is not there");
    }
    return stack.remove(stack.size() - 1);
  }

  private Object pop() {
    Object value = popAny();
    if (value == MARK) {
      throw fault("a mark in place of a value");
    }
    return value;
  }

  private Object top() {
    Object value = pop();
    stack.add(value);
    return value;
  }

  private List<Object> popTuple(int count) {
    List<Object> items = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      items.add(pop());
    }
    Collections.reverse(items);
    return items;
  }

  private List<Object> popToMark() {
    int mark = stack.lastIndexOf(MARK);
    if (mark < 0) {
      throw fault("an instruction for a mark that is not there");
    }
    List<Object> tail = stack.subList(mark, stack.size());
    List<Object> items = new ArrayList<>(tail.subList(1, tail.size()));
    tail.clear();
    return items;
  }

  private void addAll(List<Object> items) {
    Object target = top();
    if (target instanceof List<?>) {
      @SuppressWarnings("unchecked") // every list here is made by this machine
      List<Object> list = (List<Object>) target;
      list.addAll(items);
    } else if (!(target instanceof Unmade)) {
      throw fault("items for something that is no list");
    }
  }

  private void putAll(List<Object> items) {
    Object target = top();
    if (items.size() % 2 != 0) {
      throw fault("a key without a value");
    }
    if (target instanceof Map<?, ?>) {
      @SuppressWarnings("unchecked") // every map here is made by this machine
      Map<String, Object> map = (Map<String, Object>) target;
      for (int i = 0; i < items.size(); i += 2) {
        put(map, items.get(i), items.get(i + 1));
      }
    } else if (!(target instanceof Unmade)) {
      throw fault("entries for something that is no dictionary");
    }
  }

  private void put(Map<String, Object> map, Object key, Object value) {
    boolean plain =
        key instanceof String
            || key instanceof Long
            || key instanceof Boolean
            || key instanceof Double;
    // Keys of other kinds get a name of their own: their entries stay listed.
    String name = plain ? key.toString() : "key " + map.size();
    if (map.containsKey(name)) {
      throw fault("two entries named " + PythonLiteral.printable(name));
    }
    map.put(name, value);
  }

  private Object remembered(int index) {
    Object value = memo.get(index);
    if (value == null && !memo.containsKey(index)) {
      throw fault("a reference to value " + index + ", which is not there");
    }
    return value;
  }

  private String line() {
    return new String(in.readLine(MAX_LINE), StandardCharsets.ISO_8859_1);
  }

  private String latin1(int length) {
    return new String(in.readBytes(length), StandardCharsets.ISO_8859_1);
  }

  private String utf8(long length) {
    return new String(in.readBytes(length), StandardCharsets.UTF_8);
  }

  private Object decimal(String digits) {
    if (digits.length() > MAX_INTEGER_BYTES) {
      throw fault("an integer of " + digits.length() + " digits");
    }
    return small(new BigInteger(digits));
  }

  private Object binaryInteger(int length) {
    if (length < 0 || length > MAX_INTEGER_BYTES) {
      throw fault("an integer of " + length + " bytes");
    }
    byte[] bytes = in.readBytes(length);
    for (int i = 0; i < length / 2; i++) {
      byte swapped = bytes[i];
      bytes[i] = bytes[length - 1 - i];
      bytes[length - 1 - i] = swapped;
    }
    return length == 0 ? (Object) 0L : small(new BigInteger(bytes));
  }

  private static Object small(BigInteger value) {
    return value.bitLength() < 64 ? (Object) value.longValue() : value;
  }

  private InputException fault(String found) {
    return new InputException(
        where + ": damaged or unsafe pickle at byte " + in.position() + ": found " + found);
  }
}
