using System.Buffers;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Screening;

/// <summary>
/// The bytes of an <see cref="EngineRecord"/> in a journal. One record has one spelling and the same bytes on every machine:
/// what <see cref="Read"/> takes, <see cref="Write"/> gives back exactly. The first byte is the record's type and layout;
/// numbers are variable-length (LEB128, signed ones in zigzag), texts carry their length in a byte.
/// </summary>
public static class EngineRecordCodec
{
    /// <summary>No record is longer than this, in bytes.</summary>
    public const int LongestRecord = 1_024;

    private const byte SignalType = 1;
    private const byte ListType = 2;
    private const byte ListUntilType = 3;
    private const byte RulebookType = 4;
    private const byte PlacedType = 5;
    private const byte DegradedType = 6;
    private const byte PreparedType = 7;

    /// <summary>Writes a record, or nothing where it has a fault.</summary>
    /// <returns><see cref="RecordFault.None"/>, or the first fault found.</returns>
    public static RecordFault Write(IBufferWriter<byte> to, EngineRecord record)
    {
        Span<byte> bytes = stackalloc byte[LongestRecord];
        var fault = Encode(record, bytes, out var length, out _);
        if (fault == RecordFault.None) to.Write(bytes[..length]);
        return fault;
    }

    /// <summary>Reads one record that fills the bytes exactly. Never throws, whatever the bytes are.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="record">The record, where the answer is <see cref="RecordFault.None"/>.</param>
    /// <returns><see cref="RecordFault.None"/>, or the first fault found.</returns>
    public static RecordFault Read(ReadOnlySpan<byte> bytes, out EngineRecord? record) => Decode(bytes, out record, out _);

    /// <summary>Reads as <see cref="Read"/> does and says how many bytes, from the start, name the record.</summary>
    internal static RecordFault Decode(ReadOnlySpan<byte> bytes, out EngineRecord? record, out int head)
    {
        head = 0;
        var from = new FieldReader(bytes);
        EngineRecord? read = null;
        switch (from.Byte())
        {
            case SignalType:
                if (SignalCodec.Read(ref from, out head) is { } signal) read = new SignalAccepted(signal);
                break;
            case ListType:
                read = ReadList(ref from, out head);
                break;
            case ListUntilType:
                var change = ReadList(ref from, out head);
                read = change with { Until = from.At() };
                break;
            case RulebookType:
                var (command, hash, at) = ReadRulebook(ref from, out head);
                read = new RulebookActivated(command, hash, at);
                break;
            case PreparedType:
                (command, hash, at) = ReadRulebook(ref from, out head);
                read = new RulebookPrepared(command, hash, at);
                break;
            case PlacedType:
                read = ReadPlaced(ref from, out head);
                break;
            case DegradedType:
                read = ReadDegraded(ref from, out head);
                break;
            default:
                from.Require(false, RecordFault.UnknownType);
                break;
        }
        from.End();
        record = from.Fault == RecordFault.None ? read : null;
        return from.Fault;
    }

    /// <summary>Writes a record into <paramref name="bytes"/>, at least <see cref="LongestRecord"/> of them.</summary>
    /// <param name="record">The record.</param>
    /// <param name="bytes">Where to.</param>
    /// <param name="length">How many bytes it took.</param>
    /// <param name="head">How many of them, from the start, say which record it is; the rest is what it says.</param>
    internal static RecordFault Encode(EngineRecord record, Span<byte> bytes, out int length, out int head)
    {
        var to = new FieldWriter(bytes);
        head = 0;
        switch (record)
        {
            case SignalAccepted { Signal: var signal }:
                to.Byte(SignalType);
                SignalCodec.WriteHead(ref to, signal);
                head = to.Length;
                SignalCodec.WriteBody(ref to, signal);
                break;
            case ListChanged change:
                head = WriteCommand(ref to, change.Until is null ? ListType : ListUntilType, change.CommandId);
                WriteList(ref to, change);
                break;
            case RulebookActivated activated:
                head = WriteCommand(ref to, RulebookType, activated.CommandId);
                WriteRulebook(ref to, activated.Hash, activated.At);
                break;
            case RulebookPrepared prepared:
                head = WriteCommand(ref to, PreparedType, prepared.CommandId);
                WriteRulebook(ref to, prepared.Hash, prepared.At);
                break;
            case MemberPlaced placed:
                head = WriteCommand(ref to, PlacedType, placed.CommandId);
                to.Member(placed.Member);
                to.Visible(placed.Region, FieldLimits.RegionLength, RecordFault.Region);
                to.At(placed.At);
                break;
            case AnswerDegraded answer:
                head = WriteCommand(ref to, DegradedType, answer.CommandId);
                to.Require(answer.Kind != 0, RecordFault.Choice);
                to.Choice((byte)answer.Kind, (byte)SignalKind.WebVisit);
                to.Member(answer.Member);
                to.Visible(answer.SignalId.Text, FieldLimits.IdLength, RecordFault.Id);
                to.Choice((byte)answer.Action, (byte)VerdictAction.Block);
                to.At(answer.At);
                break;
            default:
                to.Require(false, RecordFault.UnknownType);
                break;
        }
        length = to.Length;
        return to.Fault;
    }

    private static int WriteCommand(ref FieldWriter to, byte type, Guid command)
    {
        to.Byte(type);
        to.Guid(command);
        return to.Length;
    }

    private static void WriteRulebook(ref FieldWriter to, string hash, Instant at)
    {
        to.Require(FieldLimits.IsHash(hash), RecordFault.Hash);
        to.Visible(hash, FieldLimits.HashLength, RecordFault.Hash);
        to.At(at);
    }

    private static (Guid CommandId, string Hash, Instant At) ReadRulebook(ref FieldReader from, out int head)
    {
        var command = from.Guid();
        head = from.Position;
        var hash = from.Visible(FieldLimits.HashLength, RecordFault.Hash);
        from.Require(FieldLimits.IsHash(hash), RecordFault.Hash);
        return (command, hash, from.At());
    }

    private static MemberPlaced ReadPlaced(ref FieldReader from, out int head)
    {
        var command = from.Guid();
        head = from.Position;
        var member = from.Member();
        return new MemberPlaced(command, member, from.Visible(FieldLimits.RegionLength, RecordFault.Region), from.At());
    }

    private static AnswerDegraded ReadDegraded(ref FieldReader from, out int head)
    {
        var command = from.Guid();
        head = from.Position;
        var kind = (SignalKind)from.Choice((byte)SignalKind.WebVisit);
        from.Require(kind != 0, RecordFault.Choice);
        var member = from.Member();
        var id = new SignalId(from.Visible(FieldLimits.IdLength, RecordFault.Id));
        return new AnswerDegraded(command, kind, member, id, (VerdictAction)from.Choice((byte)VerdictAction.Block), from.At());
    }

    private static void WriteList(ref FieldWriter to, ListChanged change)
    {
        to.Require(change.List != 0, RecordFault.Choice);
        to.Choice((byte)change.List, (byte)ListName.LivingAccounts);
        to.Require(WatchLists.IsEntry(change.List, change.Entry), RecordFault.Entry);
        to.Visible(change.Entry, FieldLimits.EntryLength, RecordFault.Entry);
        to.Byte(change.Present ? (byte)1 : (byte)0);
        to.At(change.At);
        if (change.Until is { } until) to.At(until);
    }

    private static ListChanged ReadList(ref FieldReader from, out int head)
    {
        var command = from.Guid();
        head = from.Position;
        var list = (ListName)from.Choice((byte)ListName.LivingAccounts);
        from.Require(list != 0, RecordFault.Choice);
        var entry = from.Visible(FieldLimits.EntryLength, RecordFault.Entry);
        from.Require(WatchLists.IsEntry(list, entry), RecordFault.Entry);
        var present = from.Flags(0b1) == 1;
        return new ListChanged(command, list, entry, present, from.At());
    }
}
