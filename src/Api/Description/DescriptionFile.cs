using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace Api.Description;

/// <summary>
/// An OpenAPI file, made once for all callers: making it takes half a second, and nobody signs in for it. Callers who have it are told so, and the
/// others get it compressed where they take that.
/// </summary>
internal sealed class DescriptionFile
{
    private readonly Lazy<Made> _file;

    public DescriptionFile(Func<string> make) => _file = new Lazy<Made>(() => new Made(make()));

    public async Task Answer(HttpContext context)
    {
        var file = _file.Value;
        var (request, response) = (context.Request, context.Response);
        response.Headers.ETag = file.Tag.ToString();
        response.Headers.CacheControl = "no-cache";
        response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
        if (request.GetTypedHeaders().IfNoneMatch.Any(t => t.Compare(file.Tag, useStrongComparison: false)))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        string? encoding =
            Takes(request, "br") ? "br"
            : Takes(request, "gzip") ? "gzip"
            : null;
        var bytes = encoding switch
        {
            "br" => file.Brotli,
            "gzip" => file.Gzip,
            _ => file.Plain,
        };
        if (encoding is not null)
        {
            response.Headers.ContentEncoding = encoding;
        }

        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    private static bool Takes(HttpRequest request, string encoding) =>
        request
            .GetTypedHeaders()
            .AcceptEncoding.Any(e => e.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase) && e.Quality is not 0);

    private sealed class Made
    {
        public Made(string text)
        {
            Plain = Encoding.UTF8.GetBytes(text);
            // Weak: the same tag for each encoding.
            Tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(Plain).AsSpan(0, 16))}\"", isWeak: true);
            Gzip = Packed(s => new GZipStream(s, CompressionLevel.Optimal));
            Brotli = Packed(s => new BrotliStream(s, CompressionLevel.Optimal));
        }

        public byte[] Plain { get; }

        public byte[] Gzip { get; }

        public byte[] Brotli { get; }

        public EntityTagHeaderValue Tag { get; }

        private byte[] Packed(Func<Stream, Stream> packer)
        {
            using var packed = new MemoryStream();
            using (var stream = packer(packed))
            {
                stream.Write(Plain);
            }

            return packed.ToArray();
        }
    }
}
