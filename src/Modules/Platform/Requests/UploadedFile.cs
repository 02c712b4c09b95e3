using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Platform.Persistence;

namespace Platform.Requests;

/// <summary>The route's body is a file of at most so many bytes: it goes to disk as it comes and is never whole in memory.</summary>
public sealed record TakesFile(int MostBytes);

/// <summary>A file that came as a request's body, on disk until the request ends, and its hashes, made while it came.</summary>
public sealed class UploadedFile : IAsyncDisposable
{
    private const int Buffer = 64 * 1024;

    private readonly FileStream _file;

    private UploadedFile(FileStream file, byte[] sha256, byte[] digest) => (_file, Sha256, Digest) = (file, sha256, digest);

    public long Length => _file.Length;

    /// <summary>Of the content alone.</summary>
    public IReadOnlyList<byte> Sha256 { get; }

    /// <summary>Of method, path with query, and content: what a key is bound to.</summary>
    internal byte[] Digest { get; }

    /// <summary>The content from its beginning; one reader at a time.</summary>
    public Stream Open()
    {
        _file.Position = 0;
        return _file;
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    /// <summary>Receives a body; one that is too large ends the request with 413.</summary>
    internal static async Task<UploadedFile> Receive(HttpRequest request, int most, CancellationToken ct)
    {
        if (request.ContentLength > most)
        {
            throw TooLarge();
        }

        using var content = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        whole.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n"));
        var file = ScratchFile.Open();
        try
        {
            var buffer = new byte[Buffer];
            int read;
            while ((read = await request.Body.ReadAsync(buffer, ct)) > 0)
            {
                if (file.Length + read > most)
                {
                    throw TooLarge();
                }

                content.AppendData(buffer, 0, read);
                whole.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), ct);
            }

            await file.FlushAsync(ct);
            return new UploadedFile(file, content.GetHashAndReset(), whole.GetHashAndReset());
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    private static BadHttpRequestException TooLarge() => new("The file is too large.", StatusCodes.Status413PayloadTooLarge);
}
