package dev.kindred.kernel.stop;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Weaves {@link StopSignal#check} into a class: at the entry of every method and before every jump
 * backwards, hence into every loop and recursion.
 */
public final class StopChecks {
  private static final String SIGNAL = Type.getInternalName(StopSignal.class);

  private StopChecks() {}

  /**
   * Returns the class with checks.
   *
   * @param bytecode a class file; returned as it is if it is of a version that ASM does not know
   */
  public static byte[] weave(byte[] bytecode) {
    ClassReader reader;
    try {
      reader = new ClassReader(bytecode);
    } catch (IllegalArgumentException newerClassFile) {
      return bytecode;
    }
    ClassWriter writer = new ClassWriter(reader, 0);
    reader.accept(
        new ClassVisitor(Opcodes.ASM9, writer) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String type, String signature, String[] exceptions) {
            MethodVisitor inner = super.visitMethod(access, name, type, signature, exceptions);
            return new Weaver(inner);
          }
        },
        0);
    return writer.toByteArray();
  }

  /** The call takes and leaves nothing on the stack, so stack maps and limits stay as they are. */
  private static final class Weaver extends MethodVisitor {
    private final Set<Label> passed = Collections.newSetFromMap(new IdentityHashMap<>());

    Weaver(MethodVisitor inner) {
      super(Opcodes.ASM9, inner);
    }

    @Override
    public void visitCode() {
      super.visitCode();
      check();
    }

    @Override
    public void visitLabel(Label label) {
      passed.add(label);
      super.visitLabel(label);
    }

    @Override
    public void visitJumpInsn(int opcode, Label target) {
      if (passed.contains(target)) {
        check();
      }
      super.visitJumpInsn(opcode, target);
    }

    private void check() {
      super.visitMethodInsn(Opcodes.INVOKESTATIC, SIGNAL, "check", "()V", false);
    }
  }
}
