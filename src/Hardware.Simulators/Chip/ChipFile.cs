namespace Hardware.Simulators.Chip;

/// <summary>Replaces a file as a whole: a reader, also after a crash, sees the old or the new content.</summary>
internal static class ChipFile
{
    internal static void Write(string path, string content)
    {
        var temporary = path + ".new";
        using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            stream.Write(System.Text.Encoding.UTF8.GetBytes(content));
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }
}
