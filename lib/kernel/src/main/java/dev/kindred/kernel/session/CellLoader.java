package dev.kindred.kernel.session;

import dev.kindred.kernel.stop.StopChecks;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The classes of cells, with stop checks, and the jars that cells add. */
final class CellLoader extends URLClassLoader {
  static {
    ClassLoader.registerAsParallelCapable();
  }

  private final Map<String, byte[]> classFiles = new ConcurrentHashMap<>();

  CellLoader() {
    super(new URL[0], CellLoader.class.getClassLoader());
  }

  /** Makes a class of a cell known; it is defined when it is first needed. */
  void know(String name, byte[] classFile) {
    classFiles.put(file(name), classFile);
  }

  void addToClasspath(URL element) {
    addURL(element);
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] classFile = classFiles.get(file(name));
    if (classFile == null) {
      return super.findClass(name);
    }
    byte[] woven = StopChecks.weave(classFile);
    return defineClass(name, woven, 0, woven.length);
  }

  @Override
  public InputStream getResourceAsStream(String name) {
    byte[] classFile = classFiles.get(name);
    return classFile == null
        ? super.getResourceAsStream(name)
        : new ByteArrayInputStream(classFile);
  }

  private static String file(String className) {
    return className.replace('.', '/') + ".class";
  }
}
