// Structures go to native code as they are; what is not blittable does not compile.
[assembly: System.Runtime.CompilerServices.DisableRuntimeMarshalling]
