namespace Cordon.Engine.Windows;

/// <summary>Where the state of one identifier's window lies, in one word: a block of the arena and its class, or a sketch.</summary>
internal readonly record struct StateRef(ulong Word)
{
    private const ulong SketchMark = 1UL << 40;

    public bool IsEmpty => Word == 0;

    public bool IsSketch => (Word & SketchMark) != 0;

    public uint Handle => (uint)(Word & uint.MaxValue);

    public int SizeClass => (int)(Word >> 32) & 0xFF;

    /// <summary>The number of a sketch.</summary>
    public int Sketch => (int)(Word & uint.MaxValue);

    public static StateRef OfBlock(uint handle, int sizeClass) => new(handle | ((ulong)sizeClass << 32));

    public static StateRef OfSketch(int number) => new((uint)number | SketchMark);
}
