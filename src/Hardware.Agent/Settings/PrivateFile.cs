using Hardware.Agent.Journal;

namespace Hardware.Agent.Settings;

/// <summary>Files that the agent's account alone may read, written whole or not at all. In Windows the folder's own rights protect them.</summary>
internal static class PrivateFile
{
    private const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder belongs to somebody else.</exception>
    internal static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnFile | UnixFileMode.UserExecute);
        }
    }

    internal static FileStream Open(string path, FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = FileAccess.ReadWrite,
            Share = share,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnFile;
        }

        return new FileStream(path, options);
    }

    internal static void Write(string path, ReadOnlySpan<byte> content)
    {
        using (var file = Open(path + ".new", FileMode.Create, FileShare.None))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(path + ".new", path, overwrite: true);
        FolderSync.Flush(Path.GetDirectoryName(path) ?? ".");
    }
}
