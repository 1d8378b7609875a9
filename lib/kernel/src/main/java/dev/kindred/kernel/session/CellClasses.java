package dev.kindred.kernel.session;

import java.io.File;
import java.net.MalformedURLException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jdk.jshell.execution.LoaderDelegate;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;
import jdk.jshell.spi.ExecutionControl.ClassInstallException;
import jdk.jshell.spi.ExecutionControl.InternalException;

/** What JShell asks of a class loader, done with a {@link CellLoader}. */
final class CellClasses implements LoaderDelegate {
  private final CellLoader loader;
  private final Map<String, Class<?>> loaded = new ConcurrentHashMap<>();

  CellClasses(CellLoader loader) {
    this.loader = loader;
  }

  @Override
  public void load(ClassBytecodes[] classes) throws ClassInstallException {
    boolean[] installed = new boolean[classes.length];
    // All are made known before the first is defined, since they may refer to each other.
    classesRedefined(classes);
    for (int i = 0; i < classes.length; i++) {
      try {
        Class<?> type = loader.loadClass(classes[i].name());
        loaded.put(classes[i].name(), type);
        installed[i] = true;
        // Linking now lets a faulty class fail here and not at its first use.
        type.getDeclaredMethods();
      } catch (ClassNotFoundException | LinkageError e) {
        throw new ClassInstallException("cannot load " + classes[i].name() + ": " + e, installed);
      }
    }
  }

  @Override
  public void classesRedefined(ClassBytecodes[] classes) {
    for (ClassBytecodes c : classes) {
      loader.know(c.name(), c.bytecodes());
    }
  }

  @Override
  public void addToClasspath(String path) throws InternalException {
    for (String element : path.split(File.pathSeparator)) {
      try {
        loader.addToClasspath(Path.of(element).toUri().toURL());
      } catch (MalformedURLException e) {
        throw new InternalException("not a class path element: " + element);
      }
    }
  }

  @Override
  public Class<?> findClass(String name) throws ClassNotFoundException {
    Class<?> type = loaded.get(name);
    if (type == null) {
      throw new ClassNotFoundException(name);
    }
    return type;
  }
}
