package dev.kindred.notebook;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;

/**
 * A kernel on IJava's base library or on JJava's fork of it, which differ in their package names
 * only. Reached by reflection, as the library must load without either.
 */
final class JupyterFrontEnd implements FrontEnd {
  private static final String IJAVA = "io.github.spencerpark.jupyter.kernel";
  private static final String JJAVA = "org.dflib.jjava.jupyter.kernel";

  private final Object kernel;
  private final String name;
  private final Class<?> displayData;
  private final Class<?> renderFunction;
  private final Method display;
  private final Method putData;
  private final Method putMetadata;
  private final Method setDisplayId;
  private final Method getRenderer;
  private final Method createRegistration;
  private final Method supporting;
  private final Method register;
  private final Method getOutputContainer;
  private final Object displayStream;
  private final Method updateDisplay;

  private JupyterFrontEnd(Object kernel, String name, String packageName)
      throws ReflectiveOperationException {
    this.kernel = kernel;
    this.name = name;
    ClassLoader loader = kernel.getClass().getClassLoader();
    Class<?> base = Class.forName(packageName + ".BaseKernel", true, loader);
    displayData = Class.forName(packageName + ".display.DisplayData", true, loader);
    renderFunction = Class.forName(packageName + ".display.RenderFunction", true, loader);
    display = base.getMethod("display", displayData);
    putData = displayData.getMethod("putData", String.class, Object.class);
    putMetadata = displayData.getMethod("putMetaData", String.class, Object.class);
    setDisplayId = displayData.getMethod("setDisplayId", String.class);
    getRenderer = base.getMethod("getRenderer");
    createRegistration = getRenderer.getReturnType().getMethod("createRegistration", Class.class);
    Class<?> registration = createRegistration.getReturnType();
    supporting = registration.getMethod("supporting", String[].class);
    register = registration.getMethod("register", renderFunction);
    getOutputContainer =
        Class.forName(packageName + ".display.RenderContext", true, loader)
            .getMethod("getOutputContainer");
    Object io = base.getMethod("getIO").invoke(kernel);
    displayStream = io.getClass().getField("display").get(io);
    updateDisplay = displayStream.getClass().getMethod("updateDisplay", displayData);
  }

  /** The kernel that runs in this JVM, if there is one. */
  static Optional<FrontEnd> find() {
    return find("IJava", IJAVA, "io.github.spencerpark.ijava.IJava", "getKernelInstance")
        .or(() -> find("JJava", JJAVA, JJAVA + ".BaseKernel", "notebookKernel"));
  }

  private static Optional<FrontEnd> find(
      String name, String packageName, String holder, String getter) {
    try {
      Object kernel = load(holder).getMethod(getter).invoke(null);
      return kernel == null
          ? Optional.empty()
          : Optional.of(new JupyterFrontEnd(kernel, name, packageName));
    } catch (ClassNotFoundException absent) {
      return Optional.empty();
    } catch (InvocationTargetException e) {
      // JJava's getter fails where no kernel runs.
      return Optional.empty();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(name + " is not as it was when this library was written", e);
    }
  }

  /**
   * By the library's loader, then by the thread's: a notebook may have added the library itself.
   */
  private static Class<?> load(String className) throws ClassNotFoundException {
    try {
      return Class.forName(className);
    } catch (ClassNotFoundException e) {
      return Class.forName(className, true, Thread.currentThread().getContextClassLoader());
    }
  }

  boolean isFor(Object other) {
    return kernel == other;
  }

  Object kernel() {
    return kernel;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void register() {
    Object renderer = call(getRenderer, kernel);
    for (Renderers.Renderer<?> ours : Renderers.all()) {
      Object registration = call(createRegistration, renderer, ours.type());
      registration =
          call(supporting, registration, (Object) ours.mimeTypes().toArray(String[]::new));
      InvocationHandler handler = (proxy, method, arguments) -> invoke(ours, method, arguments);
      Object function =
          Proxy.newProxyInstance(
              renderFunction.getClassLoader(), new Class<?>[] {renderFunction}, handler);
      call(register, registration, function);
    }
  }

  private Object invoke(Renderers.Renderer<?> renderer, Method method, Object[] arguments) {
    return switch (method.getName()) {
      case "render" -> {
        Object container = call(getOutputContainer, arguments[1]);
        fill(container, renderer.render(arguments[0], this));
        yield null;
      }
      case "hashCode" -> System.identityHashCode(renderer);
      case "equals" -> false;
      default -> "renderer of " + renderer.type().getSimpleName();
    };
  }

  @Override
  public void show(Rendering rendering, String id) {
    call(display, kernel, data(rendering, id));
  }

  @Override
  public void update(Rendering rendering, String id) {
    call(updateDisplay, displayStream, data(rendering, id));
  }

  @Override
  public boolean updates() {
    return true;
  }

  private Object data(Rendering rendering, String id) {
    try {
      Object data = displayData.getConstructor().newInstance();
      fill(data, rendering);
      if (id != null) {
        call(setDisplayId, data, id);
      }
      return data;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private void fill(Object data, Rendering rendering) {
    rendering.data().forEach((type, value) -> call(putData, data, type, value));
    rendering.metadata().forEach((type, value) -> call(putMetadata, data, type, value));
  }

  /** Calls a method; its own unchecked exceptions come through as they are. */
  private static Object call(Method method, Object target, Object... arguments) {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException runtime) {
        throw runtime;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
