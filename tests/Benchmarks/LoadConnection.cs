using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Benchmarks;

/// <summary>A kept connection, on which one request is under way at a time.</summary>
internal sealed class LoadConnection : IDisposable
{
    private const int LongestAnswer = 64 * 1024;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[LongestAnswer];
    private int _filled;
    private int _expected;

    public LoadConnection(IPEndPoint server)
    {
        _socket.Connect(server);
        _socket.Blocking = false;
    }

    public int Handle => (int)_socket.Handle;

    /// <summary>When the request under way was due, in ticks of the stopwatch.</summary>
    public long Due { get; private set; }

    public bool IsBusy { get; private set; }

    public void Send(ReadOnlySpan<byte> request, long due)
    {
        (Due, IsBusy, _filled, _expected) = (due, true, 0, 0);
        if (_socket.Send(request, SocketFlags.None, out var error) != request.Length)
        {
            throw new InvalidOperationException($"A request could not be sent: {error}.");
        }
    }

    /// <summary>Reads what has come. The answer's status when it is whole, otherwise 0.</summary>
    public int Receive()
    {
        var read = _socket.Receive(_buffer.AsSpan(_filled), SocketFlags.None, out var error);
        if (error == SocketError.WouldBlock)
        {
            return 0;
        }

        if (read <= 0 || !IsBusy)
        {
            throw new InvalidOperationException(
                read > 0 ? "An answer came that nobody asked for." : $"The server closed a connection: {error}."
            );
        }

        _filled += read;
        if (_expected == 0)
        {
            _expected = Length(_buffer.AsSpan(0, _filled));
        }

        if (_expected == 0 || _filled < _expected)
        {
            return 0;
        }

        IsBusy = false;
        return Utf8Parser.TryParse(_buffer.AsSpan(9, 3), out int status, out _) ? status : throw Unknown(_buffer.AsSpan(0, _filled));
    }

    /// <summary>The last answer, to be shown.</summary>
    public string Answer => Encoding.UTF8.GetString(_buffer, 0, _filled);

    public void Dispose() => _socket.Dispose();

    /// <summary>Of head and body together; 0 while the head is not whole.</summary>
    private static int Length(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return answer.Length < LongestAnswer ? 0 : throw Unknown(answer);
        }

        var name = "\r\ncontent-length: "u8;
        for (var at = answer.IndexOf("\r\n"u8); at < end; )
        {
            var line = answer[at..(end + 2)];
            if (line.Length > name.Length && Ascii.EqualsIgnoreCase(line[..name.Length], name))
            {
                var whole = Utf8Parser.TryParse(line[name.Length..], out int body, out _) ? end + 4 + body : 0;
                return whole is > 0 and <= LongestAnswer ? whole : throw Unknown(answer);
            }

            at += 2 + line[2..].IndexOf("\r\n"u8);
        }

        throw Unknown(answer);
    }

    private static InvalidDataException Unknown(ReadOnlySpan<byte> answer) =>
        new($"An answer without Content-Length, or too long: {Encoding.UTF8.GetString(answer[..Math.Min(answer.Length, 1_000)])}");
}
