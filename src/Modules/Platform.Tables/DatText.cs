using System.Buffers;
using System.Text;

namespace Platform.Tables;

/// <summary>Finds out how a .dat is laid out: the encoding from the whole file, the columns from its first line.</summary>
internal static class DatText
{
    private const int Chunk = 64 * 1024;
    private const int CodePage = 54936; // GB 18030

    // A card number and an amount in fixed columns hold no separator; a separated line has one before its amount.
    private const int SeparatorWithin = 35;

    private static readonly SearchValues<byte> s_separators = SearchValues.Create((byte)',', (byte)'\t', (byte)'|');

    /// <summary>Encodings that throw on bytes that are not theirs.</summary>
    public static readonly Encoding StrictUtf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    public static readonly Encoding StrictGb18030 = CodePagesEncodingProvider.Instance.GetEncoding(
        CodePage,
        EncoderFallback.ExceptionFallback,
        DecoderFallback.ExceptionFallback
    )!;

    public static Encoding Strict(DatEncoding encoding) => encoding == DatEncoding.Gb18030 ? StrictGb18030 : StrictUtf8;

    public static int MarkBytes(DatEncoding encoding) => encoding == DatEncoding.Utf8Bom ? 3 : 0;

    /// <exception cref="TableRefusedException">It is not text, or in neither encoding.</exception>
    public static DatLayout Find(Stream file, TableLimits limits)
    {
        var encoding = FindEncoding(file);
        foreach (var (_, line, carriageReturn) in new DatLines(file, MarkBytes(encoding), limits).Read())
        {
            if (line.Span.IndexOfAnyExcept((byte)' ', (byte)'\t') >= 0)
            {
                var start = line.Span[..Math.Min(line.Length, SeparatorWithin)];
                var at = start.IndexOfAny(s_separators);
                return new DatLayout(encoding, at < 0 ? null : (char)start[at], carriageReturn);
            }
        }

        throw new TableRefusedException(TableFaults.Empty);
    }

    private static DatEncoding FindEncoding(Stream file)
    {
        Span<byte> start = stackalloc byte[8];
        file.Position = 0;
        start = start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        if (start.StartsWith("PK\u0003\u0004"u8) || CompoundFile.IsOne(start))
        {
            throw new TableRefusedException(TableFaults.Format(TableFormat.Dat));
        }

        if (start.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            return IsAll(file, StrictUtf8) ? DatEncoding.Utf8Bom : throw new TableRefusedException(TableFaults.Encoding);
        }

        // UTF-8 first: text in GB 18030 is hardly ever valid UTF-8, while valid UTF-8 often passes for GB 18030.
        return IsAll(file, StrictUtf8) ? DatEncoding.Utf8
            : IsAll(file, StrictGb18030) ? DatEncoding.Gb18030
            : throw new TableRefusedException(TableFaults.Encoding);
    }

    private static bool IsAll(Stream file, Encoding encoding)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Chunk);
        var texts = ArrayPool<char>.Shared.Rent(Chunk + 16);
        try
        {
            file.Position = 0;
            var decoder = encoding.GetDecoder();
            int read;
            while ((read = file.Read(bytes, 0, Chunk)) > 0)
            {
                // A NUL is in no text, but in nearly every other file.
                if (bytes.AsSpan(0, read).Contains((byte)0))
                {
                    throw new TableRefusedException(TableFaults.Format(TableFormat.Dat));
                }

                decoder.GetChars(bytes, 0, read, texts, 0, flush: false);
            }

            decoder.GetChars(bytes, 0, 0, texts, 0, flush: true);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
            ArrayPool<char>.Shared.Return(texts);
        }
    }
}
