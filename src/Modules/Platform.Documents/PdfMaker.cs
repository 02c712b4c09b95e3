using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Platform.Settings;

namespace Platform.Documents;

/// <summary>PDF cannot be made here; the HTML can be had and printed.</summary>
/// <param name="Reason">What is missing.</param>
public sealed record PdfNotAvailable(string Reason)
    : Refusal(
        "not-acceptable",
        406,
        "This server cannot create PDF. Request text/html and print it.",
        "本服务器不能生成 PDF，请改用 text/html 打印。"
    );

/// <summary>
/// Turns a page into PDF by Debian's <c>weasyprint</c>, run as a process: it needs no licence key, and what goes wrong in it goes wrong outside.
/// Two at once, one for each operator, each within its time and size. Setting <c>Documents:PdfCommand</c> names another path, or is empty for no PDF.
/// </summary>
internal sealed class PdfMaker(IConfiguration configuration, TimeProvider clock, ILogger<PdfMaker> log) : IDisposable
{
    public const string Setting = "Documents:PdfCommand";
    public const int MaxBytes = 4 * 1024 * 1024;
    private const int AtOnce = 2;
    private const int WaitSeconds = 3;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestRun = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _gate = new(AtOnce, AtOnce);
    private readonly ConcurrentDictionary<long, bool> _making = new();

    /// <summary>Makes one for an operator, who waits for it: whoever asks for many at once would keep the others waiting.</summary>
    public async Task<Outcome<byte[]>> Make(string html, long operatorId, CancellationToken ct)
    {
        if (!_making.TryAdd(operatorId, true))
        {
            return new TooManyRequests(WaitSeconds);
        }

        try
        {
            return await Make(html, ct);
        }
        finally
        {
            _making.TryRemove(operatorId, out _);
        }
    }

    private async Task<Outcome<byte[]>> Make(string html, CancellationToken ct)
    {
        var command = configuration[Setting] ?? "weasyprint";
        if (command.Length == 0)
        {
            return new PdfNotAvailable($"{Setting} is empty.");
        }

        if (!await _gate.WaitAsync(LongestWait, ct))
        {
            return new Overloaded();
        }

        try
        {
            using var process = Start(command);
            return await Run(process, html, ct);
        }
        catch (Win32Exception e)
        {
            log.LogWarning("No PDF: {Command} does not start: {Reason}", command, e.Message);
            return new PdfNotAvailable("weasyprint is not installed.");
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private static Process Start(string command)
    {
        var start = new ProcessStartInfo(command)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in (string[])["--quiet", "--encoding", "utf-8", "-", "-"])
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start) ?? throw new InvalidOperationException($"{command} did not start.");
    }

    private async Task<Outcome<byte[]>> Run(Process process, string html, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(LongestRun, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            // The three streams at once: a full pipe on one would stop the others.
            var complaints = process.StandardError.BaseStream.CopyToAsync(Stream.Null, stop.Token);
            var pdf = ReadLimited(process.StandardOutput.BaseStream, stop.Token);
            await process.StandardInput.BaseStream.WriteAsync(Encoding.UTF8.GetBytes(html), stop.Token);
            process.StandardInput.Close();
            var bytes = await pdf;
            await complaints;
            await process.WaitForExitAsync(stop.Token);
            return process.ExitCode == 0 && bytes.AsSpan().StartsWith("%PDF-"u8)
                ? bytes
                : throw new InvalidOperationException($"weasyprint ended with {process.ExitCode} and {bytes.Length} bytes.");
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            log.LogWarning("weasyprint took longer than {Seconds} seconds and was stopped.", LongestRun.TotalSeconds);
            return new Overloaded();
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static async Task<byte[]> ReadLimited(Stream stream, CancellationToken ct)
    {
        using var all = new MemoryStream();
        var buffer = new byte[32 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer, ct)) > 0)
        {
            if (all.Length + read > MaxBytes)
            {
                throw new InvalidOperationException($"weasyprint wrote more than {MaxBytes} bytes.");
            }

            all.Write(buffer, 0, read);
        }

        return all.ToArray();
    }
}
