using Hardware.Agent.Cards;
using Hardware.Agent.Readers;

namespace Hardware.Agent.Tests.Readers;

/// <summary>What a page is told between two looks at the readers.</summary>
public sealed class ReaderChangesTests
{
    private static readonly ReaderStatus Filled = new("r", ReaderState.Card, "3B00") { Insertion = 1 };

    [Fact]
    public void A_card_that_was_changed_between_two_looks_is_told_as_gone_and_come() =>
        Assert.Equal(
            [("card-removed", ReaderState.Empty), ("card-inserted", ReaderState.Card)],
            ReaderChanges.Between([Filled], [Filled with { Insertion = 3 }]).Select(c => (c.Event, c.Reader.State))
        );

    [Fact]
    public void A_card_that_stays_is_no_new_one_whoever_uses_it() =>
        Assert.Equal(["reader-changed"], ReaderChanges.Between([Filled], [Filled with { State = ReaderState.InUse }]).Select(c => c.Event));

    [Fact]
    public void A_reader_that_goes_takes_its_card_along() =>
        Assert.Equal(["reader-removed"], ReaderChanges.Between([Filled], []).Select(c => c.Event));
}
