using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Billing.Electricity.Power;

/// <summary>
/// Speaks with the power side. Each request may be sent again: the power side knows a payment by our id. The package's pipeline limits attempts, time
/// and load; what it cannot settle comes back as unknown.
/// </summary>
internal sealed class PowerClient(HttpClient http)
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    public Task<PowerAnswer<PowerDone>> SignOn(DateOnly workDate, CancellationToken ct) => Post<PowerDone>("sign-on", new { workDate }, ct);

    public Task<PowerAnswer<PowerDone>> SignOff(DateOnly workDate, CancellationToken ct) =>
        Post<PowerDone>("sign-off", new { workDate }, ct);

    public Task<PowerAnswer<PowerCustomer>> Customer(string number, CancellationToken ct) =>
        Get<PowerCustomer>($"customers/{Uri.EscapeDataString(number)}", ct);

    public Task<PowerAnswer<PowerQuote>> Receivables(string customer, CancellationToken ct) =>
        Get<PowerQuote>($"customers/{Uri.EscapeDataString(customer)}/receivables", ct);

    public Task<PowerAnswer<PowerPaymentState>> Pay(PowerPayment payment, CancellationToken ct) =>
        Post<PowerPaymentState>("payments", payment, ct);

    /// <summary>A payment that the power side does not know is an answer too, in the state unknown.</summary>
    public Task<PowerAnswer<PowerPaymentState>> Ask(string paymentId, CancellationToken ct) =>
        Send<PowerPaymentState>(HttpMethod.Get, $"payments/{paymentId}", null, notFoundIsAnswer: true, ct);

    public Task<PowerAnswer<PowerPaymentState>> Reverse(string paymentId, CancellationToken ct) =>
        Send<PowerPaymentState>(HttpMethod.Post, $"payments/{paymentId}/reversal", new { }, notFoundIsAnswer: true, ct);

    public Task<PowerAnswer<PowerDeposit>> Deposit(string unit, string number, CancellationToken ct) =>
        Get<PowerDeposit>($"units/{unit}/deposits/{Uri.EscapeDataString(number)}", ct);

    public Task<PowerAnswer<PowerDeposit>> PayDeposit(
        string unit,
        string number,
        string id,
        string bankSerial,
        long total,
        string mode,
        DateOnly workDate,
        CancellationToken ct
    ) =>
        Post<PowerDeposit>(
            $"units/{unit}/deposits/{Uri.EscapeDataString(number)}/payment",
            new
            {
                id,
                bankSerial,
                total,
                mode,
                workDate,
            },
            ct
        );

    public Task<PowerAnswer<PowerDeposit>> AskDeposit(string unit, string number, string id, CancellationToken ct) =>
        Get<PowerDeposit>($"units/{unit}/deposits/{Uri.EscapeDataString(number)}/payments/{id}", ct);

    public Task<PowerAnswer<PowerDeposit>> ReverseDeposit(string unit, string number, string id, CancellationToken ct) =>
        Post<PowerDeposit>($"units/{unit}/deposits/{Uri.EscapeDataString(number)}/reversal", new { id }, ct);

    public Task<PowerAnswer<List<PowerTotals>>> Totals(DateOnly date, CancellationToken ct) =>
        Get<List<PowerTotals>>($"totals/{Day(date)}", ct);

    public Task<PowerAnswer<List<PowerFile>>> Files(DateOnly date, CancellationToken ct) => Get<List<PowerFile>>($"files/{Day(date)}", ct);

    public Task<PowerAnswer<PowerDone>> Adjust(PowerAdjustment adjustment, CancellationToken ct) =>
        Post<PowerDone>("adjustments", adjustment, ct);

    /// <summary>Writes the reconciliation file of a unit to a stream; false where it was not to be had.</summary>
    public Task<bool> Lines(DateOnly date, string unit, Stream target, CancellationToken ct) =>
        Download($"lines/{Day(date)}?unit={unit}", target, ct);

    public Task<bool> File(DateOnly date, string name, Stream target, CancellationToken ct) =>
        Download($"files/{Day(date)}/{name}", target, ct);

    /// <summary>Puts a file on the power side's shelf, and the .ok behind it. False where that is not known to be done.</summary>
    public async Task<bool> PutFile(string name, string complete, Stream content, CancellationToken ct)
    {
        try
        {
            content.Position = 0;
            using var body = new StreamContent(new UnclosedStream(content));
            using var put = await http.PutAsync($"files/{name}", body, ct);
            using var ok = put.IsSuccessStatusCode ? await http.PutAsync($"files/{complete}", new ByteArrayContent([]), ct) : null;
            return ok?.IsSuccessStatusCode == true;
        }
        catch (Exception e) when (PartnerHttp.IsSilence(e, ct))
        {
            return false;
        }
    }

    private async Task<bool> Download(string path, Stream target, CancellationToken ct)
    {
        try
        {
            using var response = await http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, ct);
            if (!response.IsSuccessStatusCode)
            {
                return false;
            }

            await response.Content.CopyToAsync(target, ct);
            return true;
        }
        catch (Exception e) when (PartnerHttp.IsSilence(e, ct))
        {
            return false;
        }
    }

    private Task<PowerAnswer<T>> Get<T>(string path, CancellationToken ct)
        where T : class => Send<T>(HttpMethod.Get, path, null, notFoundIsAnswer: false, ct);

    private Task<PowerAnswer<T>> Post<T>(string path, object body, CancellationToken ct)
        where T : class => Send<T>(HttpMethod.Post, path, body, notFoundIsAnswer: false, ct);

    private async Task<PowerAnswer<T>> Send<T>(HttpMethod method, string path, object? body, bool notFoundIsAnswer, CancellationToken ct)
        where T : class
    {
        try
        {
            using var request = new HttpRequestMessage(method, path);
            request.Content = body is null ? null : JsonContent.Create(body, body.GetType(), options: s_json);
            using var response = await http.SendAsync(request, ct);
            var bytes = await response.Content.ReadAsByteArrayAsync(ct);
            if (response.IsSuccessStatusCode || (notFoundIsAnswer && response.StatusCode == HttpStatusCode.NotFound))
            {
                return JsonSerializer.Deserialize<T>(bytes, s_json) is { } value ? new PowerAnswer<T>(value, null) : PowerAnswer<T>.Unknown;
            }

            // A server that is in trouble, or a proxy before it, says nothing about the payment.
            return
                (int)response.StatusCode is >= 400 and < 500 and not 408 and not 429
                && JsonSerializer.Deserialize<Problem>(bytes, s_json) is { Code: { Length: > 0 } code } problem
                ? new PowerAnswer<T>(null, new PowerNo((int)response.StatusCode, code, problem.Receivables))
                : PowerAnswer<T>.Unknown;
        }
        catch (Exception e) when (PartnerHttp.IsSilence(e, ct))
        {
            return PowerAnswer<T>.Unknown;
        }
    }

    private static string Day(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private sealed record Problem(string? Code, IReadOnlyList<PowerReceivable>? Receivables);

    /// <summary>A request's content closes its stream; the caller may send it again.</summary>
    private sealed class UnclosedStream(Stream inner) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => inner.Length;

        public override long Position
        {
            get => inner.Position;
            set => inner.Position = value;
        }

        public override void Flush() { }

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            inner.ReadAsync(buffer, cancellationToken);

        public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
