using System.Net;
using Billing.Electricity.Files;

namespace Api.Tests.Billing.Electricity;

/// <summary>Debit files of a life: with lines that come twice, taken twice, stopped, and late.</summary>
internal sealed class RandomBatches(ElectricityDesk desk)
{
    private readonly List<(string Customer, string Account)> _payers = [];
    private readonly List<string> _serials = [];
    private readonly List<DebitLine> _earlier = [];
    private readonly List<(DateOnly Date, string Name)> _shelf = [];
    private int _batch;

    public List<(string Id, string Customer, long Fen)> Bills { get; } = [];

    public async Task Begin(string poor, string rich, string one, string other)
    {
        foreach (var (customer, account) in new[] { (one, poor), (other, rich) })
        {
            (await desk.Sign($"XY{customer}", customer, account)).Is(HttpStatusCode.Created);
            _payers.Add((customer, account));
        }
    }

    /// <summary>The power side puts the day's file on the shelf.</summary>
    public async Task Prepare(Random random)
    {
        var lines = new List<DebitLine>();
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            var (customer, account) = _payers[random.Next(_payers.Count)];
            var fen = random.Next(1, 400);
            var id = await desk.Power.Bill(customer, fen);
            Bills.Add((id, customer, fen));
            lines.Add(desk.DebitLine(lines.Count + 1, customer, id, fen, account));
        }

        if (_earlier.Count > 0 && random.Next(2) == 0)
        {
            lines.Add(_earlier[random.Next(_earlier.Count)]);
        }

        _earlier.AddRange(lines);
        lines = [.. lines.Select((l, i) => l with { Number = i + 1 })];
        _batch = _batch % 999 + 1;
        var form = random.Next(2) == 0 ? DebitFileForm.Separated : DebitFileForm.Fixed;
        _shelf.Add((desk.Date, await desk.PutDebitFile(_batch, lines, form)));
    }

    /// <summary>Takes the file, also twice, and stops it in the middle of its work.</summary>
    public async Task Run(Random chance)
    {
        await Task.Yield();
        // Some come a day late, or more.
        var (date, name) = _shelf[chance.Next(3) == 0 ? chance.Next(_shelf.Count) : _shelf.Count - 1];
        var body = new { date, name };
        for (var i = chance.Next(1, 3); i > 0; i--)
        {
            var taken = await desk.Cashier.Post("/v1/electricity/debit-files/fetches", body);
            if (taken.Status != HttpStatusCode.Accepted)
            {
                continue;
            }

            _serials.Add(taken.SerialNumber);
            if (chance.Next(3) == 0)
            {
                await desk.Cashier.Post($"/v1/electricity/debit-files/{taken.SerialNumber}/stop", new { });
            }
        }
    }

    /// <summary>What stood still when its work date ended goes on.</summary>
    public async Task Continue()
    {
        foreach (var serial in _serials)
        {
            var path = $"/v1/electricity/debit-files/{serial}";
            var file = await Eventually.Holds(() => desk.Cashier.Get(path), f => f["state"] is not "received");
            if (file["state"] == "stopped")
            {
                await Retries.Again(() => desk.Cashier.Post($"{path}/continuation", new { }));
            }
        }
    }
}
