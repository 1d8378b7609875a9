package dev.kindred.base;

import com.google.gson.Gson;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Records as JSON objects with a property for each component, made by their constructors: what the
 * object lacks, or has as null, is 0, false or null there.
 */
final class RecordAdapters implements TypeAdapterFactory {
  @Override
  @SuppressWarnings("unchecked")
  public <T> TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
    Class<? super T> raw = type.getRawType();
    return raw.isRecord() ? new Adapter<>(gson, (Class<T>) raw) : null;
  }

  /** One component: where it stands in the constructor, how it is read off, written and read. */
  private record Property(
      int position, Object absent, Method accessor, TypeAdapter<Object> adapter) {}

  private static final class Adapter<T> extends TypeAdapter<T> {
    private final Constructor<T> constructor;
    private final Map<String, Property> properties = new LinkedHashMap<>();

    @SuppressWarnings("unchecked")
    Adapter(Gson gson, Class<T> type) {
      RecordComponent[] components = type.getRecordComponents();
      Class<?>[] types = new Class<?>[components.length];
      for (int i = 0; i < components.length; i++) {
        types[i] = components[i].getType();
        Method accessor = components[i].getAccessor();
        accessor.setAccessible(true); // a nested record may be private
        properties.put(
            components[i].getName(),
            new Property(
                i,
                Array.get(Array.newInstance(types[i], 1), 0),
                accessor,
                (TypeAdapter<Object>)
                    gson.getAdapter(TypeToken.get(components[i].getGenericType()))));
      }
      try {
        constructor = type.getDeclaredConstructor(types);
      } catch (NoSuchMethodException e) {
        throw new IllegalStateException(e);
      }
      constructor.setAccessible(true);
    }

    @Override
    public void write(JsonWriter out, T value) throws IOException {
      if (value == null) {
        out.nullValue();
        return;
      }
      out.beginObject();
      for (Map.Entry<String, Property> property : properties.entrySet()) {
        out.name(property.getKey());
        property
            .getValue()
            .adapter
            .write(out, call(() -> property.getValue().accessor.invoke(value)));
      }
      out.endObject();
    }

    @Override
    public T read(JsonReader in) throws IOException {
      if (in.peek() == JsonToken.NULL) {
        in.nextNull();
        return null;
      }
      Object[] values = properties.values().stream().map(Property::absent).toArray();
      in.beginObject();
      while (in.hasNext()) {
        Property property = properties.get(in.nextName());
        Object value = null;
        if (property == null) {
          in.skipValue();
        } else {
          value = property.adapter.read(in);
        }
        if (value != null) {
          values[property.position] = value;
        }
      }
      in.endObject();
      return call(() -> constructor.newInstance(values));
    }

    private interface Invocation<R> {
      R run() throws ReflectiveOperationException;
    }

    /** What a constructor or accessor throws comes through as it is. */
    private static <R> R call(Invocation<R> invocation) {
      try {
        return invocation.run();
      } catch (InvocationTargetException e) {
        if (e.getCause() instanceof RuntimeException failure) {
          throw failure;
        }
        throw new IllegalStateException(e.getCause());
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
