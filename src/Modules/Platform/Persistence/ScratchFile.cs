namespace Platform.Persistence;

/// <summary>A file on disk for what is too large for memory. It is gone when it is closed and, but on Windows, when the process is killed.</summary>
public static class ScratchFile
{
    private const int Buffer = 64 * 1024;

    public static FileStream Open()
    {
        var path = Path.Combine(Path.GetTempPath(), $"counter-{Guid.NewGuid():N}");
        var file = new FileStream(
            path,
            FileMode.CreateNew,
            FileAccess.ReadWrite,
            FileShare.None,
            Buffer,
            FileOptions.DeleteOnClose | FileOptions.Asynchronous
        );
        if (!OperatingSystem.IsWindows())
        {
            // Its name goes at once; what is in it stays as long as it is open.
            File.Delete(path);
        }

        return file;
    }
}
