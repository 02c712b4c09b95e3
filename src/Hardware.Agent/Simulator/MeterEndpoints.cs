using Hardware.Agent.Cards.Virtual;
using Hardware.Agent.Problems;
using Hardware.Simulators.Meters;
using Meters.Carriers.Cards;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hardware.Agent.Simulator;

/// <summary>A person with memory cards at simulated meters: buys at the counter, swipes here, and lets the meter run down.</summary>
internal static class MeterEndpoints
{
    private const long MostUse = 200_000_000;

    private static readonly Refusal MeterNotFound = new(
        404,
        "simulated-meter-not-found",
        "There is no such simulated meter.",
        "没有这块模拟表。"
    );

    private static readonly Refusal MeterKnown = new(
        409,
        "simulated-meter-known",
        "There is a meter of this number, or there are 1000 meters.",
        "已有此表号的模拟表，或模拟表数量已达上限。"
    );

    private static readonly Refusal MeterInvalid = new(
        400,
        "simulated-meter-invalid",
        "meterNumber must have 12 digits.",
        "meterNumber 须为 12 位数字。"
    );

    private static readonly Refusal UseInvalid = new(
        400,
        "simulated-use-invalid",
        "quantity must be 1 to 200,000,000.",
        "quantity 须为 1 到 200000000。"
    );

    private static readonly Refusal CardNotAtHand = new(
        409,
        "simulated-card-not-at-hand",
        "The card is in a reader, is no memory card, or does not exist.",
        "该卡在读卡器上、不是存储卡，或不存在。"
    );

    internal static void Map(RouteGroupBuilder app)
    {
        app.WithTags("Simulator");
        app.MapPost("/memory-cards", CreateCard)
            .WithName("CreateSimulatedMemoryCard")
            .WithSummary("Create a virtual memory card")
            .WithDescription("Creates a blank card of 256 bytes with the factory's secret code, outside any reader.")
            .Produces<AgentProblem>(409, SimulatorEndpoints.ProblemJson);
        app.MapGet("/meters", (MeterBench bench) => TypedResults.Ok(new MeterOnBenchList([.. bench.All().Select(Shown)])))
            .WithName("ListSimulatedMeters")
            .WithSummary("List the simulated meters")
            .WithDescription("All simulated meters, at most 1000.");
        app.MapPost("/meters", Create)
            .WithName("CreateSimulatedMeter")
            .WithSummary("Create a simulated meter")
            .WithDescription("Creates an emptied meter: put a setting card in, then a user's card. It has the demonstration keys.")
            .Produces<AgentProblem>(400, SimulatorEndpoints.ProblemJson)
            .Produces<AgentProblem>(409, SimulatorEndpoints.ProblemJson);
        app.MapGet("/meters/{meterNumber}", Get)
            .WithName("GetSimulatedMeter")
            .WithSummary("Get a simulated meter")
            .WithDescription("Shows what the meter displays.")
            .Produces<AgentProblem>(404, SimulatorEndpoints.ProblemJson);
        app.MapPost("/meters/{meterNumber}/swipes", Swipe)
            .WithName("SwipeSimulatedCard")
            .WithSummary("Put a card into a simulated meter")
            .WithDescription("The meter takes a purchase once, writes back, and shows the result.")
            .Produces<AgentProblem>(404, SimulatorEndpoints.ProblemJson)
            .Produces<AgentProblem>(409, SimulatorEndpoints.ProblemJson);
        app.MapPost("/meters/{meterNumber}/uses", Use)
            .WithName("UseSimulatedMeter")
            .WithSummary("Let a simulated meter run")
            .WithDescription("Uses a quantity as far as the valve lets it.")
            .Produces<AgentProblem>(400, SimulatorEndpoints.ProblemJson)
            .Produces<AgentProblem>(404, SimulatorEndpoints.ProblemJson);
    }

    private static Results<Created<SimulatedCard>, Refusal> CreateCard(CreateMemoryCardRequest body, VirtualCardFolder folder) =>
        folder.CreateMemoryCard(body.Face) is { } card
            ? TypedResults.Created("/v1/simulator/cards", new SimulatedCard(card.Id, null))
            : Refusals.TooManyCards;

    private static Results<Created<MeterOnBench>, Refusal> Create(CreateMeterRequest body, MeterBench bench) =>
        !MeterBench.IsNumber(body.MeterNumber) ? MeterInvalid
        : bench.Create(body.MeterNumber) is { } meter ? TypedResults.Created($"/v1/simulator/meters/{meter.MeterNumber}", Shown(meter))
        : MeterKnown;

    private static Results<Ok<MeterOnBench>, Refusal> Get(string meterNumber, MeterBench bench) =>
        bench.With(meterNumber, meter => Shown(meter.State)) is { } shown ? TypedResults.Ok(shown) : MeterNotFound;

    private static Results<Ok<CardSwiped>, Refusal> Swipe(
        string meterNumber,
        SwipeCardRequest body,
        MeterBench bench,
        VirtualCardTransport transport,
        TimeProvider clock
    )
    {
        var found = false;
        var swiped = bench.With(
            meterNumber,
            meter =>
            {
                found = true;
                return transport.OutOfReaders(
                    body.CardId,
                    card => card.Card is VirtualMemoryCard memory ? Put(meter, memory, clock) : null
                );
            }
        );
        return swiped is not null ? TypedResults.Ok(swiped)
            : found ? CardNotAtHand
            : MeterNotFound;
    }

    private static CardSwiped Put(SimulatedMeter meter, VirtualMemoryCard card, TimeProvider clock)
    {
        // China has one time zone, and its meters keep it.
        var result = meter.Insert(new MemoryCardSlot(card), clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).DateTime);
        return new CardSwiped(result, Shown(meter.State));
    }

    private static Results<Ok<MeterUsed>, Refusal> Use(string meterNumber, UseMeterRequest body, MeterBench bench)
    {
        if (body.Quantity is < 1 or > MostUse)
        {
            return UseInvalid;
        }

        var used = bench.With(meterNumber, meter => new MeterUsed(meter.Use(body.Quantity), Shown(meter.State)));
        return used is null ? MeterNotFound : TypedResults.Ok(used);
    }

    private static MeterOnBench Shown(MeterState state) =>
        new(
            state.MeterNumber,
            state.Readiness,
            state.UserNumber,
            state.Remaining,
            state.Total,
            state.LastSeq,
            state.ValveClosed,
            state.Alarms
        );
}
