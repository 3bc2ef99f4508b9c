using Cordon.Engine.Signals;
using Cordon.Engine.Windows;

namespace Cordon.Engine.Screening;

/// <summary>Signals in a snapshot, each in the bytes that it has in a journal, behind their number.</summary>
internal readonly struct SavedSignals(SnapshotWriter to)
{
    public void Write(Signal signal)
    {
        Span<byte> room = stackalloc byte[EngineRecordCodec.LongestRecord];
        var fields = new FieldWriter(room);
        SignalCodec.WriteHead(ref fields, signal);
        SignalCodec.WriteBody(ref fields, signal);
        if (fields.Fault != RecordFault.None) throw new InvalidOperationException($"A signal that was accepted has the fault {fields.Fault}.");
        to.Bytes(room[..fields.Length]);
    }

    /// <summary>Reads a signal of a kind.</summary>
    public static T Read<T>(ref SnapshotReader from)
        where T : Signal
    {
        var fields = new FieldReader(from.Bytes(EngineRecordCodec.LongestRecord));
        var signal = SignalCodec.Read(ref fields, out _);
        fields.End();
        return fields.Fault == RecordFault.None && signal is T read ? read : throw new FormatException("A snapshot's signal is none, or of another kind.");
    }
}
