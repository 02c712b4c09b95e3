using System.Security.Cryptography;

namespace Hardware.Simulators.Chip.Commands;

/// <summary>What a command works with.</summary>
internal sealed record ChipContext(ChipState State, ChipSession Session, ChipOptions Options)
{
    internal CardCipher Cipher => CardCipher.Of(State.Algorithm);

    internal byte[] Random(int length)
    {
        var random = new byte[length];
        if (Options.Random is { } source)
        {
            source(random);
        }
        else
        {
            RandomNumberGenerator.Fill(random);
        }

        return random;
    }
}

/// <summary>Finds the command of an APDU and keeps the rules that hold for all: blocks, the initialised state, T=0.</summary>
internal static class ChipCommands
{
    private const byte GetResponse = 0xC0;

    internal static Answer Run(ChipContext chip, ReadOnlySpan<byte> bytes)
    {
        var session = chip.Session;
        if (Apdu.Parse(bytes) is not { } apdu)
        {
            session.Pending = null;
            return StatusWord.WrongLength;
        }

        if (apdu is { Cla: 0x00, Ins: GetResponse })
        {
            return Respond(session, apdu);
        }

        session.Waiting = null;
        if (chip.State.Blocked)
        {
            return StatusWord.CardBlockedForEver;
        }

        // A challenge is good for the next command, an initialised transaction for the command that completes it.
        var challenge = session.Challenge;
        var pending = session.Pending;
        (session.Challenge, session.Pending) = (null, null);
        var answer = Blocked(session, apdu) ? StatusWord.ApplicationBlocked : Dispatch(chip, apdu, challenge, pending);
        return chip.Options switch
        {
            { TransmissionProtocol1: true } => Protocol1(apdu, answer),
            { TransmissionProtocol0: true } => Protocol0(session, apdu, answer),
            _ => Exact(apdu, answer),
        };
    }

    private static Answer Dispatch(ChipContext chip, Apdu apdu, byte[]? challenge, Pending? pending) =>
        (apdu.Cla, apdu.Ins) switch
        {
            (0x00, 0xA4) => FileCommands.Select(chip, apdu),
            (0x00, 0x20) => PinCommands.Verify(chip, apdu),
            (0x80, 0x5E) => PinCommands.ChangeOrReload(chip, apdu),
            (0x84, 0x24) => PinCommands.Unblock(chip, apdu, challenge),
            (0x00, 0x84) => SecurityCommands.GetChallenge(chip, apdu),
            (0x00, 0x82) => SecurityCommands.ExternalAuthenticate(chip, apdu, challenge),
            (0x00, 0x88) => SecurityCommands.InternalAuthenticate(chip, apdu),
            (0x84, 0xD4) => SecurityCommands.WriteKey(chip, apdu, challenge),
            (0x84, 0x1E or 0x18 or 0x16) => SecurityCommands.Block(chip, apdu, challenge),
            (0x00, 0xB0) => FileCommands.ReadBinary(chip, apdu),
            (0x00 or 0x04, 0xD6) => FileCommands.UpdateBinary(chip, apdu, challenge),
            (0x00, 0xB2) => FileCommands.ReadRecord(chip, apdu),
            (0x00 or 0x04, 0xDC) => FileCommands.UpdateRecord(chip),
            (0x80, 0x50) => InitializeCommands.Run(chip, apdu),
            (0x80, 0x52) => PurseCommands.Credit(chip, apdu, pending),
            (0x80, 0x54) => PurseCommands.Debit(chip, apdu, pending),
            (0x80, 0x5C) => PurseCommands.GetBalance(chip, apdu),
            (0x80, 0x5A) => PurseCommands.GetProof(chip, apdu),
            (0xE0, 0xCA) => GreyCommands.GetLockProof(chip, apdu),
            (0xE0, 0x7A) => GreyCommands.Initialize(chip, apdu),
            (0xE0, 0x7C) => GreyCommands.Lock(chip, apdu, pending),
            (0xE0, 0x7E) => GreyUnlockCommands.Unlock(chip, apdu, pending),
            (0x00 or 0x04 or 0x80 or 0x84 or 0xE0, _) => StatusWord.UnknownInstruction,
            _ => StatusWord.UnknownClass,
        };

    // A blocked application still lets itself be left, challenged and unblocked.
    private static bool Blocked(ChipSession session, Apdu apdu) =>
        session.Application is { Block: not ApplicationBlock.None } && apdu.Ins is not (0xA4 or 0x84 or 0x18 or 0x16);

    // T=1: the length of the answer stands in the command, exactly where there is one. Refused before anything is committed.
    private static Answer Protocol1(Apdu apdu, Answer answer) =>
        answer.Status == StatusWord.Done && apdu.Le is null != (answer.Data.Length == 0) ? StatusWord.WrongLength : Exact(apdu, answer);

    // T=0: a command with data cannot answer with data; the reader fetches it. A command without data is asked again with the length.
    private static Answer Protocol0(ChipSession session, Apdu apdu, Answer answer)
    {
        if (answer.Data.Length == 0)
        {
            return answer;
        }

        if (apdu.Data.Length == 0)
        {
            return apdu.Le == answer.Data.Length ? answer : (ushort)(StatusWord.WrongExpectedLength | (byte)answer.Data.Length);
        }

        session.Waiting = answer.Data;
        return answer with { Status = (ushort)(StatusWord.MoreData | (byte)answer.Data.Length), Data = [] };
    }

    private static Answer Exact(Apdu apdu, Answer answer) =>
        apdu.Le is > 0 and var wanted && wanted < answer.Data.Length ? answer with { Data = answer.Data[..wanted] } : answer;

    private static Answer Respond(ChipSession session, Apdu apdu)
    {
        if (session.Waiting is not { } waiting)
        {
            return StatusWord.ConditionsNotSatisfied;
        }

        if (apdu.Le != waiting.Length)
        {
            return (ushort)(StatusWord.WrongExpectedLength | (byte)waiting.Length);
        }

        session.Waiting = null;
        return Answer.Of(waiting);
    }

    /// <summary>A key of the selected application, or the status word that says why there is none.</summary>
    internal static ChipKey? FindKey(ChipContext chip, KeyUsage usage, byte? index = null) => chip.Session.Application?.Key(usage, index);
}
