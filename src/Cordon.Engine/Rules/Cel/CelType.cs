using System.Collections.Immutable;

namespace Cordon.Engine.Rules.Cel;

/// <summary>The shapes a CEL type can have.</summary>
internal enum CelKind
{
    /// <summary>Known only while evaluating.</summary>
    Dyn,
    Null,
    Bool,
    Int,
    UInt,
    Double,
    String,
    Bytes,
    Timestamp,
    Duration,
    List,
    Map,
    Optional,

    /// <summary>The type of a type.</summary>
    Type,

    /// <summary>A value or null: google.protobuf.Int64Value and its kin.</summary>
    Wrapper,

    /// <summary>A parameter of a generic overload, such as the element of a list.</summary>
    Parameter,

    /// <summary>A type the host declares: only its own functions and fields open it.</summary>
    Opaque,
}

/// <summary>A type of the language, and at run time a value of the language: <c>type(1) == int</c>.</summary>
internal sealed class CelType : IEquatable<CelType>
{
    public static readonly CelType Dyn = new(CelKind.Dyn, "dyn", typeof(object));
    public static readonly CelType Null = new(CelKind.Null, "null_type", typeof(object));
    public static readonly CelType Bool = new(CelKind.Bool, "bool", typeof(bool));
    public static readonly CelType Int = new(CelKind.Int, "int", typeof(long));
    public static readonly CelType UInt = new(CelKind.UInt, "uint", typeof(ulong));
    public static readonly CelType Double = new(CelKind.Double, "double", typeof(double));
    public static readonly CelType String = new(CelKind.String, "string", typeof(string));
    public static readonly CelType Bytes = new(CelKind.Bytes, "bytes", typeof(CelBytes));
    public static readonly CelType Timestamp = new(CelKind.Timestamp, "google.protobuf.Timestamp", typeof(CelTimestamp));
    public static readonly CelType Duration = new(CelKind.Duration, "google.protobuf.Duration", typeof(CelDuration));
    public static readonly CelType AnyList = List(Dyn);
    public static readonly CelType AnyMap = Map(Dyn, Dyn);
    public static readonly CelType AnyOptional = Optional(Dyn);
    public static readonly CelType AnyType = Type(Dyn);

    private CelType(CelKind kind, string name, Type clr, params ImmutableArray<CelType> parameters)
    {
        Kind = kind;
        Name = name;
        Clr = clr;
        Parameters = parameters;
    }

    public CelKind Kind { get; }

    /// <summary>The name without parameters: what <c>type(x)</c> shows.</summary>
    public string Name { get; }

    /// <summary>What compiled code holds a value of this type in.</summary>
    public Type Clr { get; }

    /// <summary>Element of a list, key and value of a map, what an optional holds, what a host declared.</summary>
    public ImmutableArray<CelType> Parameters { get; }

    public static CelType List(CelType element) => new(CelKind.List, "list", typeof(CelList), element);

    public static CelType Map(CelType key, CelType value) => new(CelKind.Map, "map", typeof(CelMap), key, value);

    public static CelType Optional(CelType value) => new(CelKind.Optional, "optional_type", typeof(CelOptional), value);

    public static CelType Type(CelType of) => new(CelKind.Type, "type", typeof(CelType), of);

    public static CelType Wrapper(CelType of) => new(CelKind.Wrapper, of.Name, typeof(object), of);

    public static CelType Parameter(string name) => new(CelKind.Parameter, name, typeof(object));

    /// <summary>A host's type. Two are the same where name and parameters are; equality of values is that of <paramref name="clr"/>.</summary>
    public static CelType Opaque(string name, Type clr, params ImmutableArray<CelType> parameters) => new(CelKind.Opaque, name, clr, parameters);

    /// <summary>The same shape over other parameters.</summary>
    public CelType With(ImmutableArray<CelType> parameters) => Parameters.IsEmpty ? this : new CelType(Kind, Name, Clr, parameters);

    public bool Equals(CelType? other)
    {
        if (ReferenceEquals(this, other)) return true;
        if (other is null || Kind != other.Kind || Name != other.Name || Parameters.Length != other.Parameters.Length) return false;
        for (var i = 0; i < Parameters.Length; i++)
            if (!Parameters[i].Equals(other.Parameters[i])) return false;
        return true;
    }

    /// <summary>Equality of types as values: <c>type([1]) == type(['a'])</c>.</summary>
    public bool IsSameValue(CelType other) => Kind == other.Kind && Name == other.Name;

    public override bool Equals(object? obj) => Equals(obj as CelType);

    public override int GetHashCode() => HashCode.Combine(Kind, Name, Parameters.Length);

    /// <summary>As people write it: <c>list(int)</c>, <c>money(CNY)</c>.</summary>
    public override string ToString() => Kind switch
    {
        CelKind.Wrapper => $"wrapper({Parameters[0]})",
        CelKind.Null => "null",
        CelKind.Timestamp => "timestamp",
        CelKind.Duration => "duration",
        CelKind.Optional => $"optional({Parameters[0]})",
        _ => Parameters.IsEmpty ? Name : $"{Name}({string.Join(", ", Parameters)})",
    };
}
